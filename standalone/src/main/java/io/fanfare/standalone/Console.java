package io.fanfare.standalone;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** What the person at the terminal sees; everything else goes to the log. */
final class Console implements Platform.Progress {

    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    @Override
    public void up(Part part, Duration took) {
        line("  up    ", part.name(), took, part.address().map(URI::toString).orElse(""));
    }

    @Override
    public void down(Part part, Duration took) {
        boolean leftNothing = part.address().isEmpty();
        if (!leftNothing) {
            line("  down  ", part.name(), took, "");
        }
    }

    void say(String text) {
        out.println(text);
        out.flush();
    }

    private void line(String what, String name, Duration took, String where) {
        say(String.format(Locale.ROOT, "%s%-18s %5.1f s  %s", what, name, took.toMillis() / 1000.0, where)
                .stripTrailing());
    }
}
