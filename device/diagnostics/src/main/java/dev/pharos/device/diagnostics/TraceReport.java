// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `traceroute` printed, be it the one that Debian has or that of BusyBox.
///
/// @param status one of TraceRoute()'s; empty where the program did not even begin
record TraceReport(String status, List<Hop> hops) {
    private static final Pattern LINE = Pattern.compile("^ {0,3}(\\d{1,3})  ?(\\S.*)$");
    private static final Pattern TIME = Pattern.compile("\\d{1,9}(\\.\\d{1,6})?");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}");

    /// By which letter a program says which code of ICMP came back.
    private static final Map<String, Integer> CODES =
            Map.of("!N", 0, "!H", 1, "!P", 2, "!F", 4, "!S", 5, "!U", 6, "!W", 7, "!X", 13, "!V", 14, "!C", 15);

    private static final Pattern OTHER_CODE = Pattern.compile("!<?(\\d{1,3})>?");

    TraceReport {
        hops = List.copyOf(hops);
    }

    /// Who answered at one distance.
    ///
    /// @param address the last one that did; empty where nobody did
    /// @param code of the ICMP error; 0 where it was none but that the packet came no further
    /// @param isRefused whether an ICMP error said that the target cannot be reached from there
    /// @param micros the times of all attempts; 0 where nobody answered
    record Hop(String address, int code, boolean isRefused, List<Long> micros) {
        Hop {
            micros = List.copyOf(micros);
        }

        boolean answered() {
            return micros.stream().anyMatch(time -> time > 0);
        }
    }

    /// @param target where the packets were sent
    /// @param most hops that were to be looked at
    /// @param tries at each hop
    static TraceReport read(String output, InetAddress target, int most, int tries) {
        List<Hop> hops = new ArrayList<>();
        for (String line : output.lines().toList()) {
            Matcher found = LINE.matcher(line.substring(0, Math.min(line.length(), Limits.LINE)));
            boolean isNext =
                    found.matches() && hops.size() < most && Integer.parseInt(found.group(1)) == hops.size() + 1;
            if (isNext) {
                hops.add(hop(found.group(2).strip().split("\\s+"), tries));
            }
        }
        return new TraceReport(status(output, hops, AddressText.of(target.getAddress()), most), hops);
    }

    private static Hop hop(String[] words, int tries) {
        String address = "";
        int code = 0;
        boolean refused = false;
        List<Long> micros = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            boolean isTime = i + 1 < words.length
                    && words[i + 1].equals("ms")
                    && TIME.matcher(word).matches();
            Matcher other = OTHER_CODE.matcher(word);
            if (isTime) {
                // no time is 0, which stands for no answer
                micros.add(Math.max(1, Math.round(Double.parseDouble(word) * 1_000)));
            } else if (word.equals("*")) {
                micros.add(0L);
            } else if (CODES.containsKey(word)) {
                code = CODES.get(word);
                refused = true;
            } else if (other.matches()) {
                code = Integer.parseInt(other.group(1));
                refused = true;
            } else {
                String bare = word.replaceAll("^\\(|\\)$", "").replaceFirst("%.*", "");
                address = ADDRESS.matcher(bare).matches() ? bare : address;
            }
        }
        return new Hop(address, code, refused, micros.subList(0, Math.min(micros.size(), tries)));
    }

    private static String status(String output, List<Hop> hops, String target, int most) {
        if (hops.isEmpty()) {
            boolean noRoute = output.contains("Network is unreachable") || output.contains("No route to host");
            return noRoute ? "Error_NoRouteToHost" : "";
        }
        Hop last = hops.getLast();
        if (last.isRefused()) {
            return "Error_NoRouteToHost";
        }
        if (last.answered() && last.address().equals(target)) {
            return "Complete";
        }
        return hops.size() >= most ? "Error_MaxHopCountExceeded" : "Error_Other";
    }
}
