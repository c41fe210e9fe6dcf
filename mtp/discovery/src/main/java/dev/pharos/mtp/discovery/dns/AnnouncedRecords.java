// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import dev.pharos.mtp.discovery.Limits;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/// The DNS records of one [Advertisement] (RFC 6763): a PTR record for its service, shared with all who offer
/// it; SRV, TXT and address records, which are its own.
final class AnnouncedRecords {
    private static final Name LOCAL = Name.fromConstantString("local.");
    private static final Name SERVICES = Name.fromConstantString("_services._dns-sd._udp.local.");

    private final Advertisement advertisement;
    private final Name service;
    private final Name instance;
    private final Name host;
    private final List<InetAddress> addresses;

    /// How records are written.
    enum Form {
        /// Told to everybody: own records replace what is known (RFC 6762 section 10.2).
        TOLD(false, DClass.IN | 0x8000),
        /// Wanted, but not ours yet (section 8.2).
        PROPOSED(false, DClass.IN),
        /// For a resolver that knows no multicast DNS, which shall not keep them for long (section 6.7).
        LEGACY(false, DClass.IN),
        /// Taken back (section 10.1).
        GOODBYE(true, DClass.IN | 0x8000);

        private final boolean gone;
        private final int ownClass;

        Form(boolean gone, int ownClass) {
            this.gone = gone;
            this.ownClass = ownClass;
        }

        private long seconds(Duration usual) {
            if (gone) {
                return 0;
            }
            return this == LEGACY ? Math.min(usual.toSeconds(), Limits.LEGACY_TTL.toSeconds()) : usual.toSeconds();
        }
    }

    /// @param own addresses of the announcing host on the network where it announces
    /// @throws IOException saying why it cannot be announced
    AnnouncedRecords(Advertisement advertisement, List<InetAddress> own) throws IOException {
        this.advertisement = advertisement;
        int length = advertisement.endpointId().toString().length();
        if (length > Limits.LABEL_BYTES) {
            throw new IOException("an Endpoint ID of more than " + Limits.LABEL_BYTES
                    + " characters cannot be announced, as no DNS name can hold it: " + advertisement.endpointId());
        }
        for (String text : advertisement.text()) {
            if (text.getBytes(StandardCharsets.UTF_8).length > Limits.TEXT_BYTES) {
                throw new IOException("this cannot be announced, as no TXT record holds more than " + Limits.TEXT_BYTES
                        + " bytes: " + text);
            }
        }
        try {
            service = Name.fromString(advertisement.service().label(), LOCAL);
            instance = Name.concatenate(label(advertisement.endpointId()), service);
            String elsewhere = advertisement.place().host().orElse("");
            if (elsewhere.isEmpty()) {
                host = Name.fromString(hostName(advertisement.endpointId()), LOCAL);
                addresses = List.copyOf(own);
            } else if (isLiteral(elsewhere)) {
                // A service is at a name: this one stands for the address that we were given.
                host = Name.fromString("at-" + elsewhere.replaceAll("[^A-Za-z0-9]+", "-"), LOCAL);
                addresses = List.of(InetAddress.ofLiteral(elsewhere));
            } else {
                host = Name.fromString(elsewhere, Name.root);
                addresses = List.of();
            }
        } catch (TextParseException | NameTooLongException noName) {
            throw new IOException("no DNS name can be made of this: " + noName.getMessage(), noName);
        }
    }

    private static boolean isLiteral(String host) {
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    /// The Endpoint ID as one label of a DNS name, whatever dots it holds.
    static Name label(EndpointId endpointId) throws TextParseException {
        StringBuilder escaped = new StringBuilder();
        endpointId.toString().chars().forEach(c -> {
            if (c == '.' || c == '\\') {
                escaped.append('\\');
            }
            escaped.append((char) c);
        });
        return Name.fromString(escaped.toString());
    }

    /// The Endpoint ID as a host name, which has fewer characters.
    static String hostName(EndpointId endpointId) {
        String name = endpointId.toString().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        return name.length() > Limits.HOST_LABEL ? name.substring(0, Limits.HOST_LABEL) : name;
    }

    Advertisement advertisement() {
        return advertisement;
    }

    Name instance() {
        return instance;
    }

    Name host() {
        return host;
    }

    /// The records that nobody else has.
    List<Record> own(Form form) {
        List<Record> records = new ArrayList<>();
        records.add(new SRVRecord(
                instance,
                form.ownClass,
                form.seconds(Limits.HOST_TTL),
                0,
                0,
                advertisement.place().port(),
                host));
        records.add(new TXTRecord(
                instance,
                form.ownClass,
                form.seconds(Limits.SERVICE_TTL),
                advertisement.text().stream()
                        .map(text -> text.replace("\\", "\\\\"))
                        .toList()));
        records.addAll(hosts(form));
        return records;
    }

    /// Where the host is; nothing where its name is known to DNS anyway.
    List<Record> hosts(Form form) {
        List<Record> records = new ArrayList<>();
        for (InetAddress address : addresses) {
            long seconds = form.seconds(Limits.HOST_TTL);
            records.add(
                    address instanceof Inet4Address
                            ? new ARecord(host, form.ownClass, seconds, address)
                            : new AAAARecord(host, form.ownClass, seconds, address));
        }
        return records;
    }

    /// All of them. A goodbye leaves the host alone, which may offer more.
    List<Record> all(Form form) {
        List<Record> records = new ArrayList<>();
        long seconds = form.seconds(Limits.SERVICE_TTL);
        records.add(new PTRRecord(service, DClass.IN, seconds, instance));
        if (form != Form.GOODBYE) {
            records.add(new PTRRecord(SERVICES, DClass.IN, seconds, service));
            records.addAll(own(form));
        } else {
            own(form).stream()
                    .filter(record -> record.getName().equals(instance))
                    .forEach(records::add);
        }
        return records;
    }
}
