// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// NSLookupDiagnostics(): asks one DNS server for the addresses of a name, both of IPv4 and of IPv6, again and again.
/// The name is taken as it is, without the host's search list.
final class Lookup implements Diagnostic {
    private static final String SUCCESS = "Success";

    @Override
    public Map<String, String> run(Order order) throws InterruptedException {
        Name name = name(order.host("HostName"));
        int repetitions = Math.toIntExact(order.number("NumberOfRepetitions", 1, 1, Limits.LOOKUPS));
        Duration timeout = order.timeout(5_000);
        Order.mustEnd(timeout.multipliedBy(repetitions));
        String wanted = order.text("DNSServer", "");
        Optional<InetSocketAddress> server = wanted.isEmpty() ? ownServer() : named(wanted);
        if (server.isEmpty()) {
            return Map.of("Status", wanted.isEmpty() ? "Error_Other" : "Error_DNSServerNotResolved");
        }
        SimpleResolver resolver = new SimpleResolver(server.get());
        resolver.setTimeout(timeout);
        order.egress().source(server.get().getAddress()).ifPresent(resolver::setLocalAddress);
        return outputs(name, resolver, repetitions, timeout);
    }

    private static Map<String, String> outputs(Name name, SimpleResolver resolver, int repetitions, Duration timeout)
            throws InterruptedException {
        Map<String, String> outputs = new LinkedHashMap<>();
        long successes = 0;
        for (int i = 1; i <= repetitions; i++) {
            Answer answer = ask(name, resolver, timeout);
            successes += answer.status().equals(SUCCESS) ? 1 : 0;
            String prefix = "Result." + i + ".";
            outputs.put(prefix + "Status", answer.status());
            outputs.put(prefix + "AnswerType", answer.type());
            outputs.put(prefix + "HostNameReturned", answer.name());
            outputs.put(prefix + "IPAddresses", String.join(",", answer.addresses()));
            outputs.put(
                    prefix + "DNSServerIP",
                    AddressText.of(resolver.getAddress().getAddress().getAddress()));
            outputs.put(prefix + "ResponseTime", Long.toString(answer.millis()));
        }
        outputs.put("Status", "Complete");
        outputs.put("SuccessCount", Long.toString(successes));
        return outputs;
    }

    private static Name name(String host) {
        try {
            return Name.fromString(host, Name.root);
        } catch (TextParseException wrong) {
            throw Order.wrong("no host name: HostName");
        }
    }

    private static Optional<InetSocketAddress> ownServer() {
        ResolverConfig.refresh();
        return ResolverConfig.getCurrentConfig().servers().stream().findFirst();
    }

    /// A host, or `host:port` for an address of IPv4 or a name.
    private static Optional<InetSocketAddress> named(String server) throws InterruptedException {
        int colon = server.indexOf(':');
        boolean hasPort = colon > 0
                && colon == server.lastIndexOf(':')
                && server.substring(colon + 1).matches("[0-9]{1,5}");
        int port = hasPort ? Integer.parseInt(server.substring(colon + 1)) : SimpleResolver.DEFAULT_PORT;
        if (port > 65_535) {
            throw Order.wrong("no port: DNSServer");
        }
        String host = Order.host("DNSServer", hasPort ? server.substring(0, colon) : server);
        return HostNames.resolve(host, Family.ANY).map(address -> new InetSocketAddress(address, port));
    }

    private record Answer(String status, String type, String name, List<String> addresses, long millis) {
        static Answer none(String status) {
            return new Answer(status, "None", "", List.of(), 0);
        }
    }

    /// Both queries are sent at once; the time is that of the later answer.
    private static Answer ask(Name name, SimpleResolver resolver, Duration timeout) throws InterruptedException {
        long begun = System.nanoTime();
        CompletableFuture<Message> four =
                resolver.sendAsync(query(name, Type.A)).toCompletableFuture();
        CompletableFuture<Message> six =
                resolver.sendAsync(query(name, Type.AAAA)).toCompletableFuture();
        try {
            // a truncated answer is asked for over TCP once more
            long most = 2 * timeout.toMillis() + 1_000;
            List<Message> answers =
                    List.of(four.get(most, TimeUnit.MILLISECONDS), six.get(most, TimeUnit.MILLISECONDS));
            return answer(answers, Times.millis((System.nanoTime() - begun) / 1_000));
        } catch (TimeoutException late) {
            return Answer.none("Error_Timeout");
        } catch (ExecutionException failed) {
            return Answer.none(broken(failed.getCause()));
        } finally {
            four.cancel(true);
            six.cancel(true);
        }
    }

    private static Message query(Name name, int type) {
        return Message.newQuery(Record.newRecord(name, type, DClass.IN));
    }

    private static Answer answer(List<Message> answers, long millis) {
        List<String> addresses = new ArrayList<>();
        String name = "";
        boolean authoritative = false;
        int worst = Rcode.NOERROR;
        for (Message answer : answers) {
            worst = Math.max(worst, answer.getRcode());
            for (Record record : answer.getSection(Section.ANSWER)) {
                InetAddress address = address(record);
                if (address != null && addresses.size() < Limits.ADDRESSES) {
                    addresses.add(AddressText.of(address.getAddress()));
                    name = record.getName().toString(true);
                    authoritative = answer.getHeader().getFlag(Flags.AA);
                }
            }
        }
        if (!addresses.isEmpty()) {
            return new Answer(SUCCESS, authoritative ? "Authoritative" : "NonAuthoritative", name, addresses, millis);
        }
        boolean unknown = worst == Rcode.NXDOMAIN || worst == Rcode.NOERROR;
        return new Answer(unknown ? "Error_HostNameNotResolved" : "Error_Other", "None", "", List.of(), millis);
    }

    private static @Nullable InetAddress address(Record record) {
        return switch (record) {
            case ARecord four -> four.getAddress();
            case AAAARecord six -> six.getAddress();
            default -> null;
        };
    }

    private static String broken(@Nullable Throwable why) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortUnreachableException || cause instanceof ConnectException) {
                return "Error_DNSServerNotAvailable";
            }
        }
        boolean late =
                why instanceof IOException && String.valueOf(why.getMessage()).contains("imed out");
        return late || why instanceof TimeoutException ? "Error_Timeout" : "Error_Other";
    }
}
