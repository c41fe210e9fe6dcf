// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

import dev.pharos.usp.EndpointId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A row of a device's Subscription table.
///
/// @param references in no particular order
public record SubscriptionRow(
        String path, String id, String notifType, Set<String> references, boolean enabled, boolean persistent) {

    /// Whether the row asks for just this.
    boolean means(String wantedType, List<String> wantedReferences) {
        return notifType.equals(wantedType) && references.equals(Set.copyOf(wantedReferences));
    }

    /// Our rows among these objects: those whose Recipient is the Controller row of our Endpoint ID. A device
    /// that shows no Recipient shows each Controller its own rows only.
    static List<SubscriptionRow> ours(Map<String, Map<String, String>> objects, EndpointId own) {
        Set<String> recipients = new HashSet<>();
        objects.forEach((path, params) -> {
            if (path.startsWith(SubscriptionStep.CONTROLLERS) && own.toString().equals(params.get("EndpointID"))) {
                recipients.add(path);
                recipients.add(path.substring(0, path.length() - 1));
            }
        });
        List<SubscriptionRow> rows = new ArrayList<>();
        objects.forEach((path, params) -> {
            String recipient = params.getOrDefault("Recipient", "");
            boolean ours = recipient.isEmpty() || recipients.isEmpty() || recipients.contains(recipient);
            if (path.startsWith(SubscriptionStep.TABLE) && params.containsKey("ID") && ours) {
                rows.add(of(path, params));
            }
        });
        return rows;
    }

    private static SubscriptionRow of(String path, Map<String, String> params) {
        Set<String> references = new LinkedHashSet<>();
        for (String reference : params.getOrDefault("ReferenceList", "").split(",", -1)) {
            if (!reference.isBlank()) {
                references.add(reference.strip());
            }
        }
        return new SubscriptionRow(
                path,
                params.getOrDefault("ID", ""),
                params.getOrDefault("NotifType", ""),
                references,
                isTrue(params.get("Enable")),
                isTrue(params.get("Persistent")));
    }

    private static boolean isTrue(@Nullable String value) {
        return "true".equals(value) || "1".equals(value);
    }
}
