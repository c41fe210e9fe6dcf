// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// IPPing(), TraceRoute() and NeighboringWiFiDiagnostic(): results computed from the seed and the arguments.
/// No packet is sent.
///
/// Names under `.invalid` do not resolve, and the documentation addresses 192.0.2.0/24 never answer.
final class Diagnostics {
    private static final String WAN_STATUS = "Device.IP.Interface.1.Status";
    private static final int NEAR_MICROS = 900;
    private static final int FAR_MICROS = 9_000;
    private static final int FAR_SPREAD = 30_000;
    private static final long MILLIS_PER_PACKET = 20;
    private static final long LONGEST_MILLIS = 5_000;

    private final Dice dice;

    Diagnostics(Dice dice) {
        this.dice = dice;
    }

    Map<String, String> ping(CommandCall call, Snapshot snapshot) throws InterruptedException {
        String host = call.input("Host", "");
        long count = number(call, "NumberOfRepetitions", 3);
        Optional<String> problem = problem(host, call, snapshot);
        if (problem.isPresent()) {
            return Map.of("Status", problem.get());
        }
        long timeoutMicros = number(call, "Timeout", 1_000) * 1_000;
        pause(count);
        long good = 0;
        long sum = 0;
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < count; i++) {
            long micros = roundTrip(host, i);
            if (answers(host) && micros <= timeoutMicros && dice.roll(host + i, 200) != 0) {
                good++;
                sum += micros;
                least = Math.min(least, micros);
                most = Math.max(most, micros);
            }
        }
        long average = good == 0 ? 0 : sum / good;
        least = good == 0 ? 0 : least;
        Map<String, String> result = new LinkedHashMap<>();
        result.put("Status", "Complete");
        result.put("IPAddressUsed", address(host, call));
        result.put("SuccessCount", String.valueOf(good));
        result.put("FailureCount", String.valueOf(count - good));
        time(result, "AverageResponseTime", average);
        time(result, "MinimumResponseTime", least);
        time(result, "MaximumResponseTime", most);
        return result;
    }

    Map<String, String> trace(CommandCall call, Snapshot snapshot) throws InterruptedException {
        String host = call.input("Host", "");
        long tries = number(call, "NumberOfTries", 3);
        long most = number(call, "MaxHopCount", 30);
        Optional<String> problem = problem(host, call, snapshot);
        if (problem.isPresent()) {
            return Map.of("Status", problem.get());
        }
        int distance = isNear(host) ? 1 : 3 + dice.roll(host, 8);
        boolean arrives = distance <= most && answers(host);
        long hops = arrives ? distance : Math.min(most, distance);
        pause(hops * tries);
        Map<String, String> result = new LinkedHashMap<>();
        result.put("Status", arrives ? "Complete" : "Error_MaxHopCountExceeded");
        result.put("IPAddressUsed", address(host, call));
        result.put("ResponseTime", String.valueOf(arrives ? millis(roundTrip(host, 0)) : 0));
        for (int hop = 1; hop <= hops; hop++) {
            String prefix = "RouteHops." + hop + ".";
            boolean last = arrives && hop == hops;
            String at = last ? address(host, call) : "100.64.%d.1".formatted(dice.roll(host + hop, 255));
            result.put(prefix + "Host", last ? host : "hop-%d.provider.example".formatted(hop));
            result.put(prefix + "HostAddress", at);
            result.put(prefix + "ErrorCode", "0");
            result.put(prefix + "RTTimes", times(host, hop, hops, tries));
        }
        return result;
    }

    /// What the radios that are up hear of others.
    Map<String, String> neighbours(Snapshot snapshot) throws InterruptedException {
        Thread.sleep(Limits.SCAN);
        Map<String, String> result = new LinkedHashMap<>();
        result.put("Status", "Complete");
        int number = 0;
        for (ObjectInstance radio :
                snapshot.object(Paths.WIFI).map(wifi -> wifi.rows("Radio")).orElse(List.of())) {
            if (!radio.value("Status").equals(Optional.of("Up"))) {
                continue;
            }
            int heard = 2 + dice.roll(radio.path(), 4);
            for (int i = 0; i < heard; i++) {
                neighbour(result, "Result." + ++number + ".", radio, dice.with(number));
            }
        }
        return result;
    }

    private static void neighbour(Map<String, String> result, String prefix, ObjectInstance radio, Dice dice) {
        List<String> channels =
                List.of(radio.value("PossibleChannels").orElse("1").split(","));
        long bits = dice.bits(0);
        result.put(prefix + "Radio", Paths.reference(radio.path()));
        result.put(prefix + "SSID", "Neighbour-%03X".formatted(bits & 0xFFF));
        result.put(
                prefix + "BSSID",
                "06:%02X:%02X:%02X:%02X:%02X"
                        .formatted(
                                bits >> 12 & 0xFF,
                                bits >> 20 & 0xFF,
                                bits >> 28 & 0xFF,
                                bits >> 36 & 0xFF,
                                bits >> 44 & 0xFF));
        result.put(prefix + "Mode", "Infrastructure");
        result.put(prefix + "Channel", channels.get(dice.roll(1, channels.size())));
        result.put(prefix + "SignalStrength", String.valueOf(-55 - dice.roll(2, 35)));
        result.put(prefix + "Noise", "-94");
        result.put(prefix + "SecurityModeEnabled", dice.roll(3, 3) == 0 ? "WPA3-SAE" : "WPA2");
        result.put(prefix + "EncryptionMode", "AES");
        result.put(
                prefix + "OperatingFrequencyBand",
                radio.value("OperatingFrequencyBand").orElse("2.4GHz"));
        result.put(
                prefix + "SupportedStandards", radio.value("SupportedStandards").orElse("n"));
        result.put(
                prefix + "OperatingStandards", radio.value("OperatingStandards").orElse("n"));
        result.put(prefix + "OperatingChannelBandwidth", "20MHz");
        result.put(prefix + "BeaconPeriod", "100");
        result.put(prefix + "DTIMPeriod", "2");
    }

    private Optional<String> problem(String host, CommandCall call, Snapshot snapshot) {
        String through = call.input("Interface", "");
        if (!through.isEmpty() && snapshot.object(Paths.row(through)).isEmpty()) {
            return Optional.of("Error_Other");
        }
        if (host.endsWith(".invalid") || host.contains(" ")) {
            return Optional.of("Error_CannotResolveHostName");
        }
        if (!isNear(host) && !snapshot.value(WAN_STATUS).equals(Optional.of("Up"))) {
            return Optional.of("Error_NoRouteToHost");
        }
        return Optional.empty();
    }

    private long roundTrip(String host, int attempt) {
        int base = isNear(host) ? NEAR_MICROS : FAR_MICROS + dice.roll(host, FAR_SPREAD);
        return (long) base + dice.roll(host + "/" + attempt, base / 4);
    }

    private String times(String host, int hop, long hops, long tries) {
        StringBuilder times = new StringBuilder();
        for (int i = 0; i < tries; i++) {
            times.append(i == 0 ? "" : ",").append(millis(roundTrip(host, hop * 3 + i) * hop / hops));
        }
        return times.toString();
    }

    private String address(String host, CommandCall call) {
        if (host.indexOf(':') >= 0 || host.matches("[0-9.]+")) {
            return host;
        }
        boolean six = call.input("ProtocolVersion", "Any").equals("IPv6");
        return six
                ? "2001:db8:%x::%x".formatted(dice.roll(host, 0xFFFF), 1 + dice.roll(host + "6", 0xFFFE))
                : "198.51.100.%d".formatted(1 + dice.roll(host, 254));
    }

    private static boolean isNear(String host) {
        return host.equals("localhost")
                || host.startsWith("127.")
                || host.startsWith("192.168.1.")
                || host.equals("::1");
    }

    private static boolean answers(String host) {
        return !host.startsWith("192.0.2.");
    }

    private static void time(Map<String, String> result, String name, long micros) {
        result.put(name, String.valueOf(millis(micros)));
        result.put(name + "Detailed", String.valueOf(micros));
    }

    private static long millis(long micros) {
        return Math.ceilDiv(micros, 1_000);
    }

    private static void pause(long packets) throws InterruptedException {
        if (packets > Limits.PINGS) {
            throw new UspException(
                    StandardErrorCode.INVALID_COMMAND_ARGUMENTS, "more than " + Limits.PINGS + " packets");
        }
        Thread.sleep(Duration.ofMillis(Math.min(LONGEST_MILLIS, packets * MILLIS_PER_PACKET)));
    }

    private static long number(CommandCall call, String name, long otherwise) {
        return Long.parseLong(call.input(name, String.valueOf(otherwise)));
    }
}
