// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.auth.People;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.ApprovalStore;
import dev.pharos.server.store.ApprovalStore.Applies;
import dev.pharos.server.store.ApprovalStore.Approval;
import dev.pharos.server.store.ApprovalStore.Asked;
import dev.pharos.server.store.ApprovalStore.Rules;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Keeps what nobody should do alone until a second person approves it. See docs/approvals.md.
public final class FourEyes {
    private final ApprovalStore store;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    public FourEyes(ApprovalStore store, People people, Audit audit, Clock clock) {
        this.store = store;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /// Something that somebody wants to do.
    ///
    /// @param what it is, as a sentence
    /// @param devices how many it would change
    /// @param steps what would be done with each, without secrets
    /// @param examples ids of some of them
    /// @param grave whether it needs two people on however few devices
    record Change(HeldWork work, String what, long devices, List<String> steps, List<String> examples, boolean grave) {}

    Rules rules() {
        return store.rules().orElse(new Rules(Applies.AUTO, Limits.ONE_PERSON_DEVICES, Limits.APPROVAL_PATIENCE));
    }

    People people() {
        return people;
    }

    /// Whether a second person is needed for anything now.
    boolean applies() {
        return applies(rules());
    }

    private boolean applies(Rules rules) {
        return switch (rules.applies()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> people.approvers() > 1;
        };
    }

    /// Whether so many devices are too many for one person now.
    boolean tooMany(long devices) {
        Rules rules = rules();
        return devices > rules.devices() && applies(rules);
    }

    /// Goes on where one person is enough.
    ///
    /// @throws ApiException where it was kept for a second person, and nothing else was done
    void check(Principal user, Change change) {
        Rules rules = rules();
        boolean many = change.devices() > rules.devices();
        if (!(many || change.grave()) || !applies(rules)) {
            return;
        }
        Instant now = clock.instant();
        String by = user.getName();
        Asked asked = new Asked(
                change.work().kind(),
                change.work().kept(),
                change.what(),
                change.devices(),
                change.steps(),
                change.examples(),
                by,
                people.behind(by));
        audit.record(user, "ask for approval", device(asked), what(asked));
        Approval held = store.ask(asked, now, now.plus(rules.patience()), Limits.APPROVALS_WAITING)
                .orElseThrow(() -> new ApiException(
                        409,
                        "Too many wait",
                        "It needs a second person, and as much as may be waits for one; refuse some of it first."));
        throw ApiException.waits(
                held.id(),
                (many
                                ? "This changes " + number(change.devices()) + " devices, and one person may change "
                                        + number(rules.devices())
                                : "This is not for one person alone")
                        + ": nothing is done until somebody other than " + by + " who may " + Right.FLEET.words()
                        + " has approved it. It waits as approval " + held.id() + ", until " + held.expires() + ".");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// For the audit log; empty where it is about more than one.
    static String device(Asked asked) {
        return asked.devices() == 1 && asked.examples().size() == 1
                ? asked.examples().getFirst()
                : "";
    }

    /// For the audit log.
    static String what(Asked asked) {
        return asked.what() + ", " + number(asked.devices()) + (asked.devices() == 1 ? " device: " : " devices: ")
                + String.join("; ", asked.steps());
    }

    /// @throws ApiException where it is not for this person to approve, or who asked may not do it any more
    void mayApprove(Approval approval, Principal user) {
        Asked asked = approval.asked();
        if (people.same(user.getName(), asked.by(), asked.behind())) {
            audit.record(user, "refused", device(asked), "approval of what they asked for themselves: " + what(asked));
            throw new ApiException(
                    403,
                    "Not by the same person",
                    asked.by() + " asked for it, and " + user.getName()
                            + (user.getName().equals(asked.by()) ? " cannot approve it" : " stands for the same person")
                            + ": somebody else who may " + Right.FLEET.words() + " can.");
        }
        if (!people.may(asked.by(), Right.FLEET)) {
            throw new ApiException(
                    409,
                    "Not any more",
                    asked.by() + ", who asked for it, may not " + Right.FLEET.words() + " any more; refuse it.");
        }
    }

    /// Gives up what nobody approved in time, and writes that down.
    public void expire() {
        store.expire(clock.instant())
                .forEach(gone -> audit.record(
                        "the server",
                        "approval expired",
                        device(gone.asked()),
                        "approval " + gone.id() + " of " + gone.asked().by() + ": " + what(gone.asked())));
        store.deleteBefore(clock.instant().minus(Limits.APPROVALS_KEPT));
    }
}
