// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.policy.SubscriptionTemplate;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.usp.EndpointId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Something that happens on a device without its ACS, of which the ACS hears by a report of its own where it has asked
/// for that by an object of `ManagementServer.`: what a subscription to an event is over USP.
///
/// @param object beneath the root of the device's data model
/// @param event that is the same over USP
/// @param filters all that can be told, by the parameter that says it; lists with commas
public record ReportPolicy(String object, String event, Map<String, String> filters) {
    private static final String ENABLE = "Enable";

    /// The parameter of codes of faults: empty, it is read by some as all of them and by others as none.
    private static final String CODES = "FaultCodeFilter";

    private static final String BOTH = "Both";

    /// Of the data models that TR-069 has.
    private static final List<String> ROOTS = List.of("Device.", "InternetGatewayDevice.");

    /// All that TR-069 knows.
    public static final List<ReportPolicy> ALL = List.of(
            new ReportPolicy(
                    "ManagementServer.DUStateChangeComplPolicy.",
                    "Device.SoftwareModules.DUStateChange!",
                    Map.of(
                            "OperationTypeFilter",
                            "Install,Update,Uninstall",
                            "ResultTypeFilter",
                            BOTH,
                            CODES,
                            "9001,9003,9012,9013,9015,9016,9017,9018,9022,9023,9024,9025,9026,9027,9028,9029,9030,9031,"
                                    + "9032")),
            new ReportPolicy(
                    "ManagementServer.AutonomousTransferCompletePolicy.",
                    "Device.LocalAgent.TransferComplete!",
                    Map.of("TransferTypeFilter", BOTH, "ResultTypeFilter", BOTH)));

    public ReportPolicy {
        filters = Map.copyOf(filters);
    }

    /// How it stands with a device that knows it.
    ///
    /// @param template the subscription that asks for it
    /// @param told whether the device reports it at all
    public record State(SubscriptionTemplate template, ReportPolicy policy, boolean told) {}

    /// How a device of TR-069 stands with what is subscribed to, by its twin.
    public static List<State> of(TwinStore twins, EndpointId device, List<SubscriptionTemplate> templates) {
        List<State> states = new ArrayList<>();
        for (ReportPolicy policy : ALL) {
            policy.wantedBy(templates)
                    .ifPresent(template -> ROOTS.stream()
                            .flatMap(root -> isOn(policy.known(twins, device, root)).stream())
                            .findFirst()
                            .ifPresent(told -> states.add(new State(template, policy, told))));
        }
        return states;
    }

    /// What of it the twin knows, by the names of parameters.
    Map<String, String> known(TwinStore twins, EndpointId device, String root) {
        String there = root + object;
        return twins.list(device, there, Limits.VALUES).stream()
                .filter(each -> each.path().lastIndexOf('.') == there.length() - 1)
                .collect(Collectors.toMap(each -> each.path().substring(there.length()), TwinValue::value));
    }

    /// The subscription for which it shall be on, where there is one.
    Optional<SubscriptionTemplate> wantedBy(List<SubscriptionTemplate> templates) {
        return templates.stream()
                .filter(each ->
                        each.notifType().equals("Event") && each.references().contains(event))
                .findFirst();
    }

    /// @param known what of the object the device is known to have, by the names of parameters
    /// @return empty where it has no such object
    static Optional<Boolean> isOn(Map<String, String> known) {
        return Optional.ofNullable(known.get(ENABLE)).map(ReportPolicy::isTrue);
    }

    /// What is to be written, so that it is on and nothing is held back, or that it is off. The codes of faults for
    /// themselves, since a device that does not know one of them refuses all.
    ///
    /// @param root of the device's data model
    /// @param known as in [#isOn]
    /// @return what goes into one request each; nothing where all is as it shall be
    List<List<ParameterValue>> missing(String root, Map<String, String> known, boolean on) {
        Optional<Boolean> now = isOn(known);
        if (now.isEmpty() || (!on && !now.get())) {
            return List.of();
        }
        List<ParameterValue> first = new ArrayList<>();
        List<ParameterValue> second = new ArrayList<>();
        if (now.get() != on) {
            first.add(new ParameterValue(root + object + ENABLE, PrimitiveType.BOOLEAN, Boolean.toString(on)));
        }
        if (on) {
            new TreeMap<>(filters).forEach((name, all) -> {
                String there = known.get(name);
                if (there != null && !items(there).containsAll(items(all))) {
                    (name.equals(CODES) ? second : first)
                            .add(new ParameterValue(root + object + name, PrimitiveType.STRING, all));
                }
            });
        }
        return Stream.of(first, second).filter(each -> !each.isEmpty()).toList();
    }

    private static Set<String> items(String list) {
        return Arrays.stream(list.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    }

    private static boolean isTrue(String value) {
        return value.equals("true") || value.equals("1");
    }
}
