// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Which groups of the provider may do what here.
///
/// @param rules the first whose group somebody is in counts
/// @param others what those may do who are in none of them; empty where they are not let in
public record GroupRules(List<Rule> rules, Optional<Grant> others) {
    public GroupRules {
        rules = List.copyOf(rules);
    }

    /// @param group as the provider calls it
    public record Rule(String group, Grant grant) {}

    Optional<Grant> of(Collection<String> groups) {
        return rules.stream()
                .filter(rule -> groups.contains(rule.group()))
                .map(Rule::grant)
                .findFirst()
                .or(() -> others);
    }
}
