// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.alarm.AlarmCondition;
import dev.pharos.controller.alarm.AlarmRule;
import dev.pharos.server.profile.ProfileDesk;
import dev.pharos.server.store.AlarmRuleStore;
import dev.pharos.server.store.AlarmRuleStore.StoredRule;
import dev.pharos.server.store.WebhookStore.StoredWebhook;
import dev.pharos.server.webhook.WebhookDesk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What would no longer mean anything without a group.
public final class GroupUses {
    private final DeviceQueries queries;
    private final ProfileDesk profiles;
    private final WebhookDesk webhooks;
    private final AlarmRuleStore rules;
    private final Supplier<Map<String, String>> scopes;

    /// @param scopes the queries of people and tokens that see some devices only, by their names
    public GroupUses(
            DeviceQueries queries,
            ProfileDesk profiles,
            WebhookDesk webhooks,
            AlarmRuleStore rules,
            Supplier<Map<String, String>> scopes) {
        this.queries = queries;
        this.profiles = profiles;
        this.webhooks = webhooks;
        this.rules = rules;
        this.scopes = scopes;
    }

    /// Whose use of it must end first, in one sentence; empty where nobody uses it.
    Optional<String> of(String group) {
        return Stream.of(
                        sentence("Other groups are made of this one: ", queries.madeOf(group)),
                        sentence("Profiles hold on this one: ", profiles.madeOf(group)),
                        sentence(
                                "Webhooks are for this one: ",
                                webhooks.all().stream()
                                        .filter(hook -> DeviceQueries.names(
                                                hook.subscription().query(), group))
                                        .map(StoredWebhook::name)
                                        .toList()),
                        sentence(
                                "People or tokens see no more than this one: ",
                                scopes.get().entrySet().stream()
                                        .filter(scope -> DeviceQueries.names(scope.getValue(), group))
                                        .map(Map.Entry::getKey)
                                        .sorted()
                                        .toList()),
                        sentence(
                                "Rules for alarms look at this one: ",
                                rules.all().stream()
                                        .map(StoredRule::rule)
                                        .filter(rule -> looksAt(rule, group))
                                        .map(AlarmRule::name)
                                        .toList()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static boolean looksAt(AlarmRule rule, String group) {
        return DeviceQueries.names(rule.devices(), group)
                || (rule.condition() instanceof AlarmCondition.Holds holds
                        && DeviceQueries.names(holds.query(), group));
    }

    private static Optional<String> sentence(String beginning, List<String> names) {
        return names.isEmpty() ? Optional.empty() : Optional.of(beginning + String.join(", ", names) + ".");
    }
}
