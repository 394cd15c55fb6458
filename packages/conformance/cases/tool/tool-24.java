// title: what a Java program reads and writes is seen
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

class Case {
  public static void main(String[] arguments) throws Exception {
    byte[] text;
    try (var in = new java.io.FileInputStream("a")) {
      text = in.readAllBytes();
    }
    Files.write(Path.of("n"), text);
    Files.readString(Path.of("b"));
    long pid = ProcessHandle.current().pid();
    String said = "";
    for (String fact : new String[] {"R a", "C n", "W n", "R b"}) said += pid + " " + fact + "\n";
    for (String line : new String[] {"in a", "out n", "in b"}) said += "job " + line + "\n";
    Files.writeString(Path.of(System.getenv("CASE_EXPECT")), said, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
