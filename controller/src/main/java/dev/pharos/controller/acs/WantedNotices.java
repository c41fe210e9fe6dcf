// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.kind.Manner;
import dev.pharos.controller.kind.Naming;
import dev.pharos.controller.policy.SubscriptionTemplate;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// How a device shall tell of changes: of what is subscribed to over USP at once, as far as its kind does not say
/// otherwise.
///
/// @param byParameter by the device's own names, of what it is known to have
/// @param questions its own names by which it is asked how it stands: parameters, and objects with their dots
/// @param atOnce names in one request
record WantedNotices(Map<String, Notification> byParameter, List<String> questions, int atOnce) {
    /// @param approach by what the device has now
    /// @param templates what is subscribed to on every device
    /// @param overUsp whether USP tells of it at this moment, so that it must not be told twice
    static WantedNotices of(Approach approach, List<SubscriptionTemplate> templates, boolean overUsp) {
        List<SubscriptionTemplate> values =
                templates.stream().filter(SubscriptionTemplate::ofValues).toList();
        Map<String, Notification> wanted = new TreeMap<>();
        for (TwinValue known : approach.twins().list(approach.device(), approach.root(), Limits.VALUES)) {
            if (!known.secured()) {
                String own = approach.ownName(known.path());
                Stream<String> shown =
                        approach.naming().shown(known.path(), "").stream().map(Naming.Shown::path);
                List<String> names =
                        Stream.concat(Stream.of(known.path()), shown).toList();
                how(names, approach.manner(), values)
                        .ifPresent(how -> wanted.putIfAbsent(own, overUsp ? Notification.OFF : how));
            }
        }
        return new WantedNotices(
                wanted,
                questions(approach, values, wanted),
                approach.manner().valuesAtOnce().orElse(Limits.NAMES_AT_ONCE));
    }

    private static Optional<Notification> how(List<String> names, Manner manner, List<SubscriptionTemplate> templates) {
        Optional<Notification> said = names.stream()
                .flatMap(name -> manner.notification(name).stream())
                .findFirst();
        boolean subscribed = names.stream().anyMatch(name -> templates.stream().anyMatch(each -> each.tellsOf(name)));
        if (said.isPresent() || !subscribed) {
            return said;
        }
        // what changes all the time would have it open a session all the time
        return Optional.of(names.stream().anyMatch(manner::isQuiet) ? Notification.PASSIVE : Notification.ACTIVE);
    }

    /// Objects where that saves requests.
    private static List<String> questions(
            Approach approach, List<SubscriptionTemplate> templates, Map<String, Notification> wanted) {
        List<String> objects = new ArrayList<>();
        if (approach.manner().takesPartialPaths()) {
            templates.stream()
                    .flatMap(each -> each.references().stream())
                    .filter(path -> path.endsWith(".") && path.indexOf('*') < 0)
                    .flatMap(path -> approach.ownNames(path).stream())
                    .filter(name ->
                            name.endsWith(".") && wanted.keySet().stream().anyMatch(each -> each.startsWith(name)))
                    .distinct()
                    .forEach(objects::add);
        }
        List<String> questions = new ArrayList<>(objects);
        wanted.keySet().stream()
                .filter(name -> objects.stream().noneMatch(name::startsWith))
                .forEach(questions::add);
        return questions;
    }
}
