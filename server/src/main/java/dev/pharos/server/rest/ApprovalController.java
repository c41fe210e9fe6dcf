// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.rest.json.ApprovalPage;
import dev.pharos.server.rest.json.ApprovalRefusal;
import dev.pharos.server.rest.json.ApprovalRulesBody;
import dev.pharos.server.rest.json.ApprovalRulesView;
import dev.pharos.server.rest.json.ApprovalView;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.ApprovalStore;
import dev.pharos.server.store.ApprovalStore.Approval;
import dev.pharos.server.store.ApprovalStore.Rules;
import dev.pharos.server.store.ApprovalStore.State;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What waits for a second person. See docs/approvals.md.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "approvals")
@Needs(Right.FLEET)
public final class ApprovalController {
    private final ApprovalStore store;
    private final FourEyes fourEyes;
    private final ApprovedWork work;
    private final Audit audit;
    private final Clock clock;

    public ApprovalController(ApprovalStore store, FourEyes fourEyes, ApprovedWork work, Audit audit, Clock clock) {
        this.store = store;
        this.fourEyes = fourEyes;
        this.work = work;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param state only those that stand so: `waiting`, `done`, `refused` or `expired`
    @Reaches(Reach.SEEN)
    @GetMapping("/approvals")
    @Operation(operationId = "listApprovals", summary = "What waits for a second person, and what did; newest first")
    ApprovalPage list(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(defaultValue = "") String cursor,
            Principal user) {
        fourEyes.expire();
        int most = Paging.limit(limit, Limits.DEFAULT_PAGE, Limits.PAGE);
        List<Approval> found = store.list(Paging.before(cursor), most + 1, state(state));
        List<Approval> shown = found.subList(0, Math.min(most, found.size()));
        return new ApprovalPage(
                shown.stream().map(approval -> view(approval, user)).toList(),
                found.size() > most ? Long.toString(shown.getLast().id()) : null);
    }

    private static Optional<State> state(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(State.values())
                .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("state", "must be waiting, done, refused or expired")));
    }

    private ApprovalView view(Approval approval, Principal user) {
        return ApprovalView.of(
                approval,
                fourEyes.people()
                        .same(
                                user.getName(),
                                approval.asked().by(),
                                approval.asked().behind()));
    }

    @Reaches(Reach.SEEN)
    @GetMapping("/approvals/{id}")
    @Operation(operationId = "getApproval", summary = "What would be done, on how many devices")
    ApprovalView get(@PathVariable long id, Principal user) {
        return view(known(id), user);
    }

    private Approval known(long id) {
        fourEyes.expire();
        return store.find(id)
                .orElseThrow(() -> new ApiException(404, "Unknown approval", "There is no approval " + id + "."));
    }

    private Approval waiting(long id) {
        Approval approval = known(id);
        if (approval.state() != State.WAITING) {
            throw decided(id);
        }
        return approval;
    }

    private ApiException decided(long id) {
        return new ApiException(
                409,
                "Not now",
                "Approval " + id + " is " + known(id).state().name().toLowerCase(Locale.ROOT)
                        + ", so this does nothing.");
    }

    @PostMapping("/approvals/{id}/approve")
    @Operation(operationId = "approve", summary = "Have it done, as somebody other than who asked for it")
    ApprovalView approve(@PathVariable long id, Principal user) {
        Approval approval = waiting(id);
        fourEyes.mayApprove(approval, user);
        record(user, "approve", approval, "");
        Approval done = store.carryOut(
                        id,
                        user.getName(),
                        clock.instant(),
                        () -> work.make(
                                HeldWork.of(approval.asked()), approval.asked().by()))
                .orElseThrow(() -> decided(id));
        work.begin();
        return view(done, user);
    }

    /// Also what one asked for oneself: that takes it back.
    @Reaches(Reach.SEEN)
    @PostMapping("/approvals/{id}/refuse")
    @Operation(operationId = "refuse", summary = "Have it not done, and say why; whoever asked takes it back so")
    ApprovalView refuse(@PathVariable long id, @RequestBody ApprovalRefusal body, Principal user) {
        String reason = body.checked();
        Approval approval = waiting(id);
        record(user, "refuse approval", approval, ", for: " + reason);
        return view(store.refuse(id, user.getName(), reason, clock.instant()).orElseThrow(() -> decided(id)), user);
    }

    private void record(Principal user, String action, Approval approval, String more) {
        audit.record(
                user,
                action,
                FourEyes.device(approval.asked()),
                "approval " + approval.id() + ", asked for by "
                        + approval.asked().by() + more + ": " + FourEyes.what(approval.asked()));
    }

    @Reaches(Reach.NONE)
    @GetMapping("/approval-rules")
    @Operation(operationId = "approvalRules", summary = "When a second person is needed")
    ApprovalRulesView rules() {
        fourEyes.expire();
        return ApprovalRulesView.of(
                fourEyes.rules(), fourEyes.people().approvers(), fourEyes.applies(), store.waiting());
    }

    @Needs(Right.PEOPLE)
    @PutMapping("/approval-rules")
    @Operation(operationId = "changeApprovalRules", summary = "Say when a second person is needed")
    ApprovalRulesView change(@RequestBody ApprovalRulesBody body, Principal user) {
        Rules rules = body.checked(fourEyes.rules(), Limits.ONE_PERSON_MOST, Limits.APPROVAL_HOURS);
        audit.record(
                user,
                "change approval rules",
                "",
                rules.applies().name().toLowerCase(Locale.ROOT) + ", on more than " + rules.devices()
                        + " devices, waiting " + rules.patience().toHours() + " hours");
        store.put(rules);
        return rules();
    }
}
