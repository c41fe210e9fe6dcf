// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.controller.policy.Secrets;
import dev.pharos.controller.profile.Finding.State;
import dev.pharos.usp.EndpointId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Adds up what is found on one device after the other; takes the same room however many they are. Not thread-safe.
public final class PlanTally {
    private record Key(State state, String place, String profile, String written) {}

    private static final class Sum {
        final String why;
        long devices;
        long places;
        long others;
        final Map<String, Long> before = new LinkedHashMap<>();
        final List<ProfilePlan.Example> examples = new ArrayList<>();

        Sum(String why) {
            this.why = why;
        }
    }

    private final Map<Key, Sum> sums = new LinkedHashMap<>();
    private final Set<Key> unnamed = new HashSet<>();
    private long devices;
    private long change;
    private long unknown;
    private long stuck;

    public void add(EndpointId device, Findings findings) {
        devices++;
        if (findings.changes()) {
            change++;
        } else if (findings.any(State.UNKNOWN)) {
            unknown++;
        } else if (findings.all().stream().anyMatch(finding -> finding.state() != State.SAME)) {
            stuck++;
        }
        Set<Key> counted = new HashSet<>();
        for (Finding finding : findings.all()) {
            if (finding.state() != State.SAME) {
                String written = finding.secret() ? Secrets.MASK : finding.written();
                Key key = new Key(finding.state(), finding.place(), finding.profile(), written);
                Sum sum = sums.get(key);
                if (sum == null && sums.size() >= Limits.GROUPS) {
                    if (unnamed.size() < Limits.GROUPS) {
                        unnamed.add(key);
                    }
                    continue;
                }
                if (sum == null) {
                    sum = new Sum(finding.why());
                    sums.put(key, sum);
                }
                add(sum, device, finding, counted.add(key));
            }
        }
    }

    private static void add(Sum sum, EndpointId device, Finding finding, boolean first) {
        sum.devices += first ? 1 : 0;
        sum.places++;
        if (finding.state() == State.DIFFERS && finding.known().isPresent()) {
            String before = shortened(finding.known().get());
            if (sum.before.containsKey(before) || sum.before.size() < Limits.COUNTED_BEFORE) {
                sum.before.merge(before, 1L, Long::sum);
            } else {
                sum.others++;
            }
        }
        if (sum.examples.size() < Limits.EXAMPLES) {
            sum.examples.add(new ProfilePlan.Example(
                    device.toString(),
                    finding.path(),
                    masked(finding, finding.known()),
                    masked(finding, finding.wanted())));
        }
    }

    private static Optional<String> masked(Finding finding, Optional<String> value) {
        return value.map(text -> finding.secret() ? Secrets.MASK : shortened(text));
    }

    private static String shortened(String text) {
        return text.length() <= Limits.SHOWN ? text : text.substring(0, Limits.SHOWN) + "…";
    }

    public ProfilePlan plan() {
        List<ProfilePlan.Group> groups = sums.entrySet().stream()
                .map(each -> group(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing(ProfilePlan.Group::state)
                        .thenComparing(Comparator.comparingLong(ProfilePlan.Group::devices)
                                .reversed())
                        .thenComparing(ProfilePlan.Group::place)
                        .thenComparing(ProfilePlan.Group::profile))
                .toList();
        return new ProfilePlan(
                new ProfilePlan.Counts(devices, change, unknown, stuck, devices - change - unknown - stuck),
                groups,
                unnamed.size());
    }

    private static ProfilePlan.Group group(Key key, Sum sum) {
        List<ProfilePlan.Before> most = sum.before.entrySet().stream()
                .map(each -> new ProfilePlan.Before(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingLong(ProfilePlan.Before::places)
                        .reversed()
                        .thenComparing(ProfilePlan.Before::value))
                .toList();
        List<ProfilePlan.Before> named = most.subList(0, Math.min(Limits.BEFORE, most.size()));
        long unnamedPlaces = most.stream()
                .skip(named.size())
                .mapToLong(ProfilePlan.Before::places)
                .sum();
        return new ProfilePlan.Group(
                key.state(),
                key.place(),
                key.profile(),
                key.written(),
                sum.why,
                sum.devices,
                sum.places,
                named,
                sum.others + unnamedPlaces,
                sum.examples);
    }
}
