# title: perl opens, copies and renames, and reads what a child prints
use strict;
use File::Copy;
use Fcntl;

open(my $in, '<', 'a') or die;
my $line = <$in>;
copy('b', 'n') or die;
rename('n', 'c') or die;
sysopen(my $out, 't', O_WRONLY | O_CREAT) or die;
syswrite($out, 'new') or die;
my $child = open(my $pipe, '-|', '/bin/cat', 'd/x') or die;
my $text = <$pipe>;
close($pipe);
open(my $say, '>>', $ENV{CASE_EXPECT}) or die;
print $say "$$ $_\n" for 'R a', 'R b', 'C n', 'W n', 'M n>c', 'C t', 'W t';
print $say "$child R d/x\n";
print $say "job $_\n" for 'in a', 'in b', 'in d/x', 'out c', 'tmp n', 'out t';
