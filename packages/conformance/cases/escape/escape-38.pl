# title: what perl and the shells start with an emptied environment is seen
use strict;
use IO::Handle;

open(my $say, '>>', $ENV{CASE_EXPECT}) or die;
$say->autoflush(1);
for my $command (['/bin/cat', 'a'], ['/bin/bash', '-c', 'exec -c /bin/cat a'], ['/usr/bin/env', '-u', 'LD_PRELOAD', '/bin/cat', 'a']) {
  my $child = fork();
  if (!$child) {
    %ENV = ();
    exec @$command or die;
  }
  waitpid($child, 0);
  die if $?;
  print $say "$child R a\n";
}
print $say "job in a\n";
