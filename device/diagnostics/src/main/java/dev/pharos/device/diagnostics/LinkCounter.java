// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What the kernel counts of one link: everybody's bytes, with all headers.
///
/// @param link its name
record LinkCounter(String link) {
    private static final Path LINKS = Path.of("/sys/class/net");

    /// Bytes since the link is there.
    record Reading(long received, long sent) {}

    /// Of the link that has this address.
    static Optional<LinkCounter> of(InetAddress own) {
        try {
            return Optional.ofNullable(NetworkInterface.getByInetAddress(own))
                    .map(NetworkInterface::getName)
                    .map(LinkCounter::new);
        } catch (IOException refused) {
            return Optional.empty();
        }
    }

    /// @return empty where the kernel does not say
    Optional<Reading> read() {
        Optional<Long> received = number("rx_bytes");
        Optional<Long> sent = number("tx_bytes");
        return received.isPresent() && sent.isPresent()
                ? Optional.of(new Reading(received.get(), sent.get()))
                : Optional.empty();
    }

    private Optional<Long> number(String name) {
        try {
            String text = Files.readString(
                            LINKS.resolve(link).resolve("statistics").resolve(name))
                    .strip();
            return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
