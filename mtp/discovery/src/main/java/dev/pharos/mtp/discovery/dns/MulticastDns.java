// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import dev.pharos.mtp.discovery.Limits;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Everybody on the local network, asked by multicast DNS (RFC 6762 section 5.1).
///
/// @param interfaces on which is asked
/// @param patience how long answers are collected
public record MulticastDns(List<NetworkInterface> interfaces, Duration patience) implements DnsSource {
    public MulticastDns {
        interfaces = List.copyOf(interfaces);
    }

    /// On every interface of this host that is up, can multicast and has an address.
    public static MulticastDns onThisHost(Duration patience) {
        List<NetworkInterface> usable = new ArrayList<>();
        try {
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                if (each.isUp()
                        && each.supportsMulticast()
                        && each.inetAddresses().findAny().isPresent()
                        && usable.size() < Limits.INTERFACES) {
                    usable.add(each);
                }
            }
        } catch (SocketException none) {
            return new MulticastDns(List.of(), patience);
        }
        return new MulticastDns(usable, patience);
    }

    /// On one interface, whether it says that it can multicast or not.
    ///
    /// @throws SocketException where there is none of this name
    public static MulticastDns on(String interfaceName, Duration patience) throws SocketException {
        NetworkInterface named = NetworkInterface.getByName(interfaceName);
        if (named == null) {
            throw new SocketException("there is no interface " + interfaceName);
        }
        return new MulticastDns(List.of(named), patience);
    }

    @Override
    public DnsAnswer ask(Name name, int type) {
        if (interfaces.isEmpty()) {
            return DnsAnswer.none("no interface of this host is up, has an address and can multicast");
        }
        Set<Record> records = new LinkedHashSet<>();
        List<String> problems = new ArrayList<>();
        int asked = 0;
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Set<Record>>> questions = new ArrayList<>();
            List<String> places = new ArrayList<>();
            for (NetworkInterface one : interfaces) {
                boolean v4 = one.inetAddresses().anyMatch(Inet4Address.class::isInstance);
                boolean v6 = one.inetAddresses().anyMatch(address -> !(address instanceof Inet4Address));
                for (MulticastQuestion.Group group : MulticastQuestion.Group.values()) {
                    if (group == MulticastQuestion.Group.V4 ? v4 : v6) {
                        questions.add(() -> new MulticastQuestion(one, group, patience).ask(name, type));
                        places.add(one.getName() + " (" + group.address() + ")");
                    }
                }
            }
            List<Future<Set<Record>>> answers = each.invokeAll(questions);
            for (int i = 0; i < answers.size(); i++) {
                try {
                    records.addAll(answers.get(i).get());
                    asked++;
                } catch (ExecutionException failed) {
                    problems.add(problem(places.get(i), failed));
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return DnsAnswer.none("interrupted");
        }
        if (!records.isEmpty()) {
            return DnsAnswer.of(List.copyOf(records));
        }
        if (asked > 0) {
            problems.addFirst("nobody on " + names() + " answers a multicast question for the " + Type.string(type)
                    + " record of " + name.toString(true) + " within " + patience.toMillis() + " ms");
        }
        return new DnsAnswer(List.of(), Optional.of(String.join("; ", problems)));
    }

    private static String problem(String place, ExecutionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof IOException io) {
            return "multicast is blocked on " + place + ": " + io.getMessage();
        }
        throw new IllegalStateException("a multicast question failed", failed);
    }

    private String names() {
        return interfaces.stream().map(NetworkInterface::getName).collect(Collectors.joining(", "));
    }

    @Override
    public String description() {
        return "mDNS on " + names();
    }
}
