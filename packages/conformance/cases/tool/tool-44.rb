# title: ruby reads, copies, moves and starts programs
require 'fileutils'

File.read('a')
IO.copy_stream('b', 'n')
FileUtils.mv('n', 'c')
File.open('t', 'w') { |file| file << 'new' }
child = spawn('/bin/cat', 'd/x')
Process.wait(child)
File.open(ENV.fetch('CASE_EXPECT'), 'a') do |say|
  ['R a', 'R b', 'C n', 'W n', 'M n>c', 'C t', 'W t'].each { |fact| say.puts "#{$$} #{fact}" }
  say.puts "#{child} R d/x"
  ['in a', 'in b', 'in d/x', 'out c', 'tmp n', 'out t'].each { |line| say.puts "job #{line}" }
end
