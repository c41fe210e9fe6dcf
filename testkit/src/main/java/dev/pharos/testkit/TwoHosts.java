// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Two network namespaces with a cable between them: `10.7.0.1` on interface `left` and `10.7.0.2` on `right`.
/// Needs Linux and root.
public final class TwoHosts implements AutoCloseable {
    private final NetworkNamespace left;
    private final NetworkNamespace right;

    private TwoHosts(NetworkNamespace left, NetworkNamespace right) {
        this.left = left;
        this.right = right;
    }

    /// @return empty where this host does not let us make namespaces
    public static Optional<TwoHosts> connect() throws IOException, InterruptedException {
        if (!NetworkNamespace.isAllowed()) {
            return Optional.empty();
        }
        TwoHosts hosts = new TwoHosts(NetworkNamespace.open(), NetworkNamespace.open());
        hosts.left.connect(hosts.right, Host.LEFT.plug(), Host.RIGHT.plug());
        return Optional.of(hosts);
    }

    /// One end of the cable.
    public enum Host {
        LEFT("10.7.0.1"),
        RIGHT("10.7.0.2");

        private final String address;

        Host(String address) {
            this.address = address;
        }

        public String address() {
            return address;
        }

        public String interfaceName() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String plug() {
            return interfaceName() + " " + address + "/24";
        }
    }

    private NetworkNamespace namespace(Host host) {
        return host == Host.LEFT ? left : right;
    }

    /// A command line that runs a command there.
    public List<String> inside(Host host, List<String> command) {
        return namespace(host).inside(command);
    }

    /// Runs a command there, which has to succeed.
    public void at(Host host, String... command) throws IOException, InterruptedException {
        String _ = namespace(host).run(command);
    }

    /// Starts a Java program there, on the runtime that we run on.
    public Process java(Host host, String classPath, Class<?> program, String... arguments) throws IOException {
        return namespace(host).java(classPath, program, arguments);
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }
}
