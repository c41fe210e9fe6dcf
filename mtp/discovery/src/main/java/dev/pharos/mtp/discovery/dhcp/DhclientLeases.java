// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.mtp.discovery.Limits;
import dev.pharos.usp.Bytes;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The leases that ISC `dhclient` keeps: blocks of statements, the newest at the end. What it does not
/// understand it passes over, as the file is another program's.
final class DhclientLeases {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy/M/d HH:mm:ss");
    private static final Pattern NUMBERED = Pattern.compile("(?:unknown|option|opt|code)-?([0-9]{1,5})");
    private static final Map<String, Integer> V4_NAMES = Map.of(
            "vivco",
            124,
            "vivso",
            125,
            "vendor-encapsulated-options",
            43,
            "usp-vendor-class",
            124,
            "usp-vendor-information",
            125);
    private static final Map<String, Integer> V6_NAMES =
            Map.of("vendor-class", 16, "vendor-opts", 17, "usp-vendor-class", 16, "usp-vendor-information", 17);

    private final String origin;
    private final LeaseScanner scanner;

    private DhclientLeases(String origin, String content) {
        this.origin = origin;
        this.scanner = new LeaseScanner(content);
    }

    /// The newest lease of each interface and version.
    static List<Lease> parse(String origin, String content) {
        return new DhclientLeases(origin, content).read();
    }

    private List<Lease> read() {
        Map<String, Lease> newest = new LinkedHashMap<>();
        List<String> statement = new ArrayList<>();
        int read = 0;
        Optional<String> token = scanner.next();
        while (token.isPresent() && read < Limits.LEASES_PER_FILE) {
            switch (token.get()) {
                case ";", "}" -> statement.clear();
                case "{" -> {
                    boolean lease = !statement.isEmpty()
                            && (statement.getFirst().equals("lease")
                                    || statement.getFirst().equals("lease6"));
                    if (lease) {
                        Block block =
                                new Block(statement.getFirst().equals("lease6") ? DhcpVersion.V6 : DhcpVersion.V4);
                        if (block.read()) {
                            Lease made = block.lease();
                            newest.remove(made.options().version() + made.interfaceName());
                            newest.put(made.options().version() + made.interfaceName(), made);
                            read++;
                        }
                    }
                    statement.clear();
                }
                default -> statement.add(token.get());
            }
            token = scanner.next();
        }
        return List.copyOf(newest.values());
    }

    /// One lease, with all the blocks inside it.
    private final class Block {
        private final DhcpVersion version;
        private final Deque<Long> starts = new ArrayDeque<>();
        private DhcpOptions options;
        private int optionsRead;
        private String interfaceName = "";
        private Optional<InetAddress> server = Optional.empty();
        private Optional<Instant> expires = Optional.empty();

        Block(DhcpVersion version) {
            this.version = version;
            this.options = DhcpOptions.none(version);
        }

        /// @return whether it was closed; one that is cut off is being written, or was never finished
        boolean read() {
            List<String> statement = new ArrayList<>();
            int depth = 1;
            Optional<String> token = scanner.next();
            while (token.isPresent()) {
                switch (token.get()) {
                    case "{" -> {
                        depth++;
                        statement.clear();
                    }
                    case "}" -> {
                        if (--depth == 0) {
                            return true;
                        }
                        statement.clear();
                    }
                    case ";" -> {
                        statement(statement);
                        statement.clear();
                    }
                    default -> statement.add(token.get());
                }
                token = scanner.next();
            }
            return false;
        }

        private void statement(List<String> words) {
            if (words.size() < 2) {
                return;
            }
            switch (words.getFirst()) {
                case "interface" -> interfaceName = text(words.get(1));
                case "option" -> option(words);
                case "expire" -> expires = time(words);
                case "starts" -> number(words.get(1)).ifPresent(starts::push);
                case "max-life" -> {
                    Optional<Long> life = number(words.get(1));
                    if (life.isPresent() && !starts.isEmpty()) {
                        expires = Optional.of(Instant.ofEpochSecond(starts.peek() + life.get()));
                    }
                }
                default -> {}
            }
        }

        private void option(List<String> words) {
            if (words.size() < 3) {
                return;
            }
            String value = words.get(2);
            if (words.get(1).equals("dhcp-server-identifier")) {
                server = LeaseText.address(value);
                return;
            }
            Optional<Bytes> bytes = value.startsWith("\"")
                    ? Optional.of(LeaseText.unquoted(value.substring(1)))
                    : LeaseText.colonHex(value);
            Optional<Integer> code = code(words.get(1));
            if (code.isPresent() && bytes.isPresent() && optionsRead++ < Limits.LEASE_OPTIONS) {
                options = options.with(code.get(), bytes.get());
            }
        }

        private Optional<Integer> code(String name) {
            String own = name.startsWith("dhcp6.") ? name.substring("dhcp6.".length()) : name;
            Integer known = (version == DhcpVersion.V6 ? V6_NAMES : V4_NAMES).get(own);
            if (known != null) {
                return Optional.of(known);
            }
            Matcher numbered = NUMBERED.matcher(own);
            return numbered.matches() ? Optional.of(Integer.parseInt(numbered.group(1))) : Optional.empty();
        }

        Lease lease() {
            return new Lease(origin, interfaceName, options, server, expires);
        }
    }

    private static String text(String word) {
        return word.startsWith("\"") ? word.substring(1) : word;
    }

    private static Optional<Long> number(String word) {
        return word.matches("[0-9]{1,11}") ? Optional.of(Long.parseLong(word)) : Optional.empty();
    }

    /// `expire never`, `expire epoch 1795614117` or `expire 3 2026/11/25 14:41:55`, in UTC.
    private static Optional<Instant> time(List<String> words) {
        if (words.size() == 3 && words.get(1).equals("epoch")) {
            return number(words.get(2)).map(Instant::ofEpochSecond);
        }
        if (words.size() < 4) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    LocalDateTime.parse(words.get(2) + " " + words.get(3), DATE).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
