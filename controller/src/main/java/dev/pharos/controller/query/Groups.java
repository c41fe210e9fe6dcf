// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

import dev.pharos.controller.policy.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Puts the conditions of saved queries in place of their names. A group may be made of others, none of itself.
public final class Groups {
    private final Function<String, Optional<Condition>> saved;
    private int left = Limits.GROUP_CONDITIONS;

    /// @param saved the condition of a group as it was saved, its own groups still by name; empty where there is none
    private Groups(Function<String, Optional<Condition>> saved) {
        this.saved = saved;
    }

    /// @throws UnresolvedGroupException where a group is not there, is made of itself, or all of it is too much
    public static Condition resolve(Condition condition, Function<String, Optional<Condition>> saved)
            throws UnresolvedGroupException {
        return new Groups(saved).resolve(condition, List.of());
    }

    /// The groups that a condition names itself.
    public static Set<String> named(Condition condition) {
        Set<String> names = new HashSet<>();
        gather(condition, names);
        return names;
    }

    private static void gather(Condition condition, Set<String> names) {
        switch (condition) {
            case Condition.All(List<Condition> conditions) -> conditions.forEach(each -> gather(each, names));
            case Condition.Any(List<Condition> conditions) -> conditions.forEach(each -> gather(each, names));
            case Condition.Not(Condition not) -> gather(not, names);
            case Condition.InGroup(String name) -> names.add(name);
            case Condition.Word _,
                    Condition.TextIs _,
                    Condition.FlagIs _,
                    Condition.TimeIs _,
                    Condition.HealthIs _,
                    Condition.Tagged _,
                    Condition.ParameterIs _ -> {}
        }
    }

    /// @param within the groups that this is a part of
    private Condition resolve(Condition condition, List<String> within) throws UnresolvedGroupException {
        if (--left < 0) {
            throw new UnresolvedGroupException(
                    "its groups have more than " + Limits.GROUP_CONDITIONS + " conditions together");
        }
        return switch (condition) {
            case Condition.All(List<Condition> conditions) -> new Condition.All(each(conditions, within));
            case Condition.Any(List<Condition> conditions) -> new Condition.Any(each(conditions, within));
            case Condition.Not(Condition not) -> new Condition.Not(resolve(not, within));
            case Condition.InGroup(String name) -> group(name, within);
            case Condition.Word _,
                    Condition.TextIs _,
                    Condition.FlagIs _,
                    Condition.TimeIs _,
                    Condition.HealthIs _,
                    Condition.Tagged _,
                    Condition.ParameterIs _ -> condition;
        };
    }

    private List<Condition> each(List<Condition> conditions, List<String> within) throws UnresolvedGroupException {
        List<Condition> resolved = new ArrayList<>(conditions.size());
        for (Condition condition : conditions) {
            resolved.add(resolve(condition, within));
        }
        return resolved;
    }

    private Condition group(String name, List<String> within) throws UnresolvedGroupException {
        if (within.contains(name)) {
            throw new UnresolvedGroupException("the group \"" + name + "\" is made of itself");
        }
        Optional<Condition> found = saved.apply(name);
        if (found.isEmpty()) {
            throw new UnresolvedGroupException("there is no group \"" + name + "\"");
        }
        List<String> deeper = new ArrayList<>(within);
        deeper.add(name);
        return resolve(found.get(), deeper);
    }
}
