// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Whom the provider says what of may do what here.
///
/// @param rules the first that holds of somebody counts
/// @param others what those may do of whom none holds; empty where they are not let in
public record GroupRules(List<Rule> rules, Optional<Grant> others) {
    public GroupRules {
        rules = List.copyOf(rules);
    }

    /// @param claim in which it stands
    /// @param value what stands there, alone or in a list
    public record Rule(String claim, String value, Grant grant) {}

    /// @param claims what the provider says, by the names of claims
    Optional<Grant> of(Function<String, ? extends Collection<String>> claims) {
        return rules.stream()
                .filter(rule -> claims.apply(rule.claim()).contains(rule.value()))
                .map(Rule::grant)
                .findFirst()
                .or(() -> others);
    }

    /// The claims that it takes to say it.
    Stream<String> claims() {
        return rules.stream().map(Rule::claim).distinct();
    }
}
