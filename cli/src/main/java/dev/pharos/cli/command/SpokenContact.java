// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.ObservedMtp;
import java.io.PrintWriter;

/// Says on the terminal when a transport is connected, when not, and why.
///
/// @param place where it leads to
record SpokenContact(String place, PrintWriter err) implements ObservedMtp.Observer {
    @Override
    public void connected(MtpConnection connection) {
        say("connected to " + place);
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {
        say("disconnected: " + reason);
    }

    @Override
    public void failed(String reason) {
        say("no connection: " + reason + " (trying again)");
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }
}
