# title: a file that a Ruby script reads by a function of libc, called as a foreign one, is seen
require 'fiddle'

File.open(ENV['CASE_EXPECT'], 'a') { |said| said.puts "#{$$} R a", 'job in a' }
libc = Fiddle.dlopen('libc.so.6')
integer, pointer = Fiddle::TYPE_INT, Fiddle::TYPE_VOIDP
open_it = Fiddle::Function.new(libc['open'], [pointer, integer], integer)
read_it = Fiddle::Function.new(libc['read'], [integer, pointer, Fiddle::TYPE_LONG], Fiddle::TYPE_LONG)
raise 'not read' unless read_it.call(open_it.call('a', 0), Fiddle::Pointer.malloc(10), 10) == 5
