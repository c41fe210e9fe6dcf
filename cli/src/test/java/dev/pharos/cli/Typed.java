// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import picocli.CommandLine;

/// What somebody types, and what is printed for it.
final class Typed {
    private final Path data;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /// @param data the folder in which the server's address is found
    Typed(Path data) {
        this.data = data;
    }

    /// @return the exit status
    int run(String line) {
        CommandLine command = Pharos.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute((line + " --data " + data).strip().split(" +"));
    }

    /// What is printed from now on is looked at by itself.
    void anew() {
        out.getBuffer().setLength(0);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
