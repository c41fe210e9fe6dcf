// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import dev.pharos.mtp.discovery.Limits;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// One multicast DNS question on one interface, from a port of its own, so that answers come straight to it
/// (RFC 6762 sections 5.1 and 6.7).
record MulticastQuestion(NetworkInterface on, Group group, Duration patience) {
    private static final int PORT = 5353;
    private static final int SHORTEST_WAIT_MILLIS = 1;

    /// Where responders of an address family listen.
    enum Group {
        V4("224.0.0.251"),
        V6("ff02::fb");

        private final String address;

        Group(String address) {
            this.address = address;
        }

        String address() {
            return address;
        }
    }

    /// The records that came; a question that has one answer ends with it.
    ///
    /// @throws IOException where the question cannot be sent
    Set<Record> ask(Name name, int type) throws IOException {
        Set<Record> records = new LinkedHashSet<>();
        try (MulticastSocket socket = new MulticastSocket(0)) {
            socket.setNetworkInterface(on);
            socket.setTimeToLive(255);
            Message question = Message.newQuery(Record.newRecord(name, type, DClass.IN));
            question.getHeader().unsetFlag(Flags.RD);
            byte[] wire = question.toWire();
            InetSocketAddress group = new InetSocketAddress(InetAddress.ofLiteral(group().address()), PORT);
            DatagramPacket packet = new DatagramPacket(wire, wire.length, group);
            socket.send(packet);
            long begun = System.nanoTime();
            long repeats = 0;
            int answers = 0;
            while (answers < Limits.MULTICAST_ANSWERS && !(isUnique(type) && holds(records, name, type))) {
                long passed = (System.nanoTime() - begun) / 1_000_000;
                if (passed >= patience.toMillis()) {
                    break;
                }
                if (passed >= (repeats + 1) * Limits.MULTICAST_REPEAT.toMillis()) {
                    socket.send(packet);
                    repeats++;
                }
                long untilRepeat = (repeats + 1) * Limits.MULTICAST_REPEAT.toMillis() - passed;
                socket.setSoTimeout(
                        (int) Math.max(SHORTEST_WAIT_MILLIS, Math.min(patience.toMillis() - passed, untilRepeat)));
                answers += receive(socket, question, records);
            }
        }
        return records;
    }

    private static boolean isUnique(int type) {
        return type != Type.PTR;
    }

    private static boolean holds(Set<Record> records, Name name, int type) {
        return records.stream()
                .anyMatch(record -> record.getType() == type && record.getName().equals(name));
    }

    /// @return how many messages came
    private static int receive(MulticastSocket socket, Message question, Set<Record> records) throws IOException {
        byte[] buffer = new byte[Limits.MULTICAST_BYTES];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException silence) {
            return 0;
        }
        Message answer;
        try {
            answer = new Message(Arrays.copyOf(buffer, packet.getLength()));
        } catch (IOException malformed) {
            // somebody sends rubbish: as if nothing had come, but it counts, so that a flood ends
            return 1;
        }
        boolean ours = answer.getHeader().getFlag(Flags.QR)
                && answer.getHeader().getID() == question.getHeader().getID();
        if (ours) {
            for (int section : List.of(Section.ANSWER, Section.ADDITIONAL)) {
                answer.getSection(section).stream()
                        // the topmost bit of the class says "this replaces what you had" (section 10.2)
                        .filter(record -> (record.getDClass() & 0x7FFF) == DClass.IN)
                        .forEach(records::add);
            }
        }
        return 1;
    }
}
