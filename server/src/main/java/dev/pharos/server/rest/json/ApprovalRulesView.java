// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.store.ApprovalStore.Rules;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/// When a second person is needed.
///
/// @param applies `auto` (as soon as two people could approve), `always` or `never`
/// @param devices on which one person may change something with one request
/// @param hours how long something waits for approval
/// @param approvers people who could approve what others ask for
/// @param now whether a second person is needed now
/// @param waiting how much waits for one
@Schema(name = "ApprovalRules")
public record ApprovalRulesView(String applies, int devices, int hours, long approvers, boolean now, long waiting) {

    public static ApprovalRulesView of(Rules rules, long approvers, boolean now, long waiting) {
        return new ApprovalRulesView(
                rules.applies().name().toLowerCase(Locale.ROOT),
                rules.devices(),
                (int) rules.patience().toHours(),
                approvers,
                now,
                waiting);
    }
}
