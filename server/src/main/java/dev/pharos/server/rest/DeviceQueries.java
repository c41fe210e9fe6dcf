// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.Groups;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.QueryParser;
import dev.pharos.controller.query.UnresolvedGroupException;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rights.PathLimit;
import dev.pharos.server.rights.Right;
import dev.pharos.server.rights.Role;
import dev.pharos.server.rights.Scope;
import dev.pharos.server.store.GroupStore;
import dev.pharos.server.store.GroupStore.SavedGroup;
import dev.pharos.server.store.Sight;
import java.util.List;
import java.util.Optional;

/// Reads queries for devices, with the groups that they mean.
public final class DeviceQueries {
    private final GroupStore groups;

    public DeviceQueries(GroupStore groups) {
        this.groups = groups;
    }

    /// @param field where the query stands in the request
    /// @throws BadRequestException where it is none, or means a group that cannot be known
    Condition read(String field, String query) {
        return resolve(field, parse(field, query), Optional.empty());
    }

    /// For whoever is not answering a request.
    public Condition read(String query) throws QueryException, UnresolvedGroupException {
        return Groups.resolve(
                QueryParser.parse(query), name -> groups.find(name).flatMap(group -> parsed(group.query())));
    }

    /// The devices of a scope: none where it has become unreadable, by a group that is gone.
    public Condition of(Scope scope) {
        try {
            return read(scope.query());
        } catch (QueryException | UnresolvedGroupException gone) {
            return Sight.NOTHING;
        }
    }

    /// The scope that somebody of this role is given.
    ///
    /// @param query empty for every device
    /// @param changes what they may change; none for what the role may
    /// @throws BadRequestException where it is no query, or the role could lift it
    Optional<Scope> checkedScope(Role role, String query, List<PathLimit> changes) {
        Optional<Scope> scope = Scope.of(query, changes);
        if (scope.isEmpty()) {
            return scope;
        }
        read("scope", query);
        if (!changes.isEmpty() && !role.may(Right.CHANGE)) {
            throw new BadRequestException("changes", "must be left out for " + role.text() + ", who changes nothing");
        }
        if (role.may(Right.PEOPLE)) {
            throw new BadRequestException(
                    "scope", "must be empty for " + role.text() + ", who could lift it: " + Right.PEOPLE.words());
        }
        return scope;
    }

    /// A query that is to be this group from now on, so that it must not be made of itself.
    Condition readAs(String group, String field, String query) {
        Condition condition = parse(field, query);
        return resolve(field, new Condition.InGroup(group), Optional.of(new NewGroup(group, condition)));
    }

    /// The groups that are made of this one.
    List<String> madeOf(String group) {
        return groups.all().stream()
                .filter(other -> names(other.query(), group))
                .map(SavedGroup::name)
                .toList();
    }

    /// Whether a query means a group by its name.
    static boolean names(String query, String group) {
        return parsed(query)
                .map(condition -> Groups.named(condition).contains(group))
                .orElse(false);
    }

    private record NewGroup(String name, Condition condition) {}

    private Condition resolve(String field, Condition condition, Optional<NewGroup> fresh) {
        try {
            return Groups.resolve(
                    condition,
                    name -> fresh.filter(group -> group.name().equals(name))
                            .map(NewGroup::condition)
                            .or(() -> groups.find(name).flatMap(group -> parsed(group.query()))));
        } catch (UnresolvedGroupException unresolved) {
            throw new BadRequestException(field, "is no query: " + unresolved.reason());
        }
    }

    /// Empty where it has become none, by a later version that knows other words.
    private static Optional<Condition> parsed(String query) {
        try {
            return Optional.of(QueryParser.parse(query));
        } catch (QueryException wrong) {
            return Optional.empty();
        }
    }

    private static Condition parse(String field, String query) {
        try {
            return QueryParser.parse(query);
        } catch (QueryException wrong) {
            throw new BadRequestException(
                    field, "is no query, at character " + (wrong.position() + 1) + ": " + wrong.reason());
        }
    }
}
