// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.Notification;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.AttributeChange;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.GetParameterAttributes;
import dev.pharos.cwmp.rpc.GetParameterAttributesResponse;
import dev.pharos.cwmp.rpc.SetParameterAttributes;
import dev.pharos.cwmp.rpc.SetParameterAttributesResponse;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Sees to it that the device tells of those changes that are wanted, and as they are: asks how it stands, and changes
/// what is otherwise. What the device does not tell at once it is asked to tell with its next Inform. What is told
/// without being ours stays.
final class NoticeTask implements Task {
    private final Supplier<WantedNotices> toWant;
    private final InstantSource clock;
    private final Consumer<Notices> found;
    private final Deque<List<String>> questions = new ArrayDeque<>();
    private final Deque<List<AttributeChange>> changes = new ArrayDeque<>();
    private final Map<String, Notification> actual = new TreeMap<>();
    private final Map<String, String> refusals = new TreeMap<>();
    private Map<String, Notification> wanted = Map.of();
    private int atOnce;
    private int faults;
    private Stage stage = Stage.BEGIN;
    private String objection = "";

    private enum Stage {
        BEGIN,
        ASKING,
        CHANGING,
        OVER
    }

    /// @param toWant asked when it is this task's turn
    /// @param found is given how it stands in the end, once; nothing where nothing is wanted
    NoticeTask(Supplier<WantedNotices> toWant, InstantSource clock, Consumer<Notices> found) {
        this.toWant = toWant;
        this.clock = clock;
        this.found = found;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        if (stage == Stage.BEGIN) {
            begin();
        }
        if (stage == Stage.ASKING && questions.isEmpty()) {
            stage = Stage.CHANGING;
            planChanges();
        }
        if (stage == Stage.CHANGING && changes.isEmpty()) {
            end();
        }
        return switch (stage) {
            case ASKING -> Optional.of(new GetParameterAttributes(questions.getFirst()));
            case CHANGING -> Optional.of(new SetParameterAttributes(changes.getFirst()));
            case BEGIN, OVER -> Optional.empty();
        };
    }

    private void begin() {
        WantedNotices all = toWant.get();
        wanted = all.byParameter();
        atOnce = all.atOnce();
        stage = wanted.isEmpty() ? Stage.OVER : Stage.ASKING;
        if (stage == Stage.ASKING) {
            batches(all.questions()).forEach(questions::add);
        }
    }

    private <T> List<List<T>> batches(List<T> all) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += atOnce) {
            batches.add(List.copyOf(all.subList(from, Math.min(all.size(), from + atOnce))));
        }
        return batches;
    }

    private void planChanges() {
        List<AttributeChange> otherwise = new ArrayList<>();
        wanted.forEach((name, how) -> {
            Notification now = actual.get(name);
            if (now != null && now != how) {
                otherwise.add(new AttributeChange(name, Optional.of(how), Optional.empty()));
            }
        });
        changes.addAll(batches(otherwise));
    }

    private void end() {
        stage = Stage.OVER;
        List<Notice> all = actual.entrySet().stream()
                .map(each -> new Notice(
                        CwmpNames.inModel(each.getKey()),
                        each.getValue(),
                        Optional.ofNullable(wanted.get(each.getKey())),
                        refusals.getOrDefault(each.getKey(), "")))
                .filter(Notice::isOfInterest)
                .limit(Limits.NOTICES)
                .toList();
        found.accept(new Notices(clock.instant(), all, objection));
    }

    @Override
    public void answered(Answer answer) {
        if (stage == Stage.ASKING) {
            told(questions.remove(), answer);
        } else {
            changed(changes.remove(), answer);
        }
    }

    private void told(List<String> asked, Answer answer) {
        switch (answer) {
            case GetParameterAttributesResponse response ->
                response.parameterList().stream()
                        .limit(Limits.VALUES)
                        .forEach(each -> actual.put(each.name(), each.notification()));
            case CwmpFault fault -> {
                faults++;
                boolean never = fault.fault().faultCode() == StandardFaultCode.METHOD_NOT_SUPPORTED;
                if (never || faults >= Limits.NOTICE_FAULTS) {
                    objection = FaultMeaning.sentence(fault);
                    questions.clear();
                } else if (asked.size() > 1) {
                    halves(asked).reversed().forEach(questions::addFirst);
                } else if (asked.getFirst().endsWith(".")) {
                    // it cannot be asked for all beneath an object
                    batches(wanted.keySet().stream()
                                    .filter(name -> name.startsWith(asked.getFirst()))
                                    .toList())
                            .forEach(questions::add);
                }
            }
            default -> {}
        }
    }

    private static <T> List<List<T>> halves(List<T> all) {
        int half = all.size() / 2;
        return List.of(all.subList(0, half), all.subList(half, all.size()));
    }

    private void changed(List<AttributeChange> asked, Answer answer) {
        switch (answer) {
            case SetParameterAttributesResponse _ ->
                asked.forEach(each -> each.notification().ifPresent(how -> actual.put(each.name(), how)));
            case CwmpFault fault -> {
                faults++;
                if (faults >= Limits.NOTICE_FAULTS) {
                    asked.forEach(each -> refusals.putIfAbsent(each.name(), FaultMeaning.sentence(fault)));
                    changes.forEach(batch -> batch.forEach(each ->
                            refusals.putIfAbsent(each.name(), "not asked any more, after " + faults + " faults")));
                    changes.clear();
                } else if (asked.size() > 1) {
                    halves(asked).reversed().forEach(changes::addFirst);
                } else {
                    refused(asked.getFirst(), FaultMeaning.sentence(fault));
                }
            }
            default -> {}
        }
    }

    private void refused(AttributeChange change, String why) {
        refusals.putIfAbsent(change.name(), why);
        boolean tells = actual.getOrDefault(change.name(), Notification.OFF) != Notification.OFF;
        boolean atOnce = change.notification()
                .filter(how -> how == Notification.ACTIVE || how == Notification.PASSIVE_WITH_ACTIVE_LIGHTWEIGHT)
                .isPresent();
        if (atOnce && !tells) {
            changes.add(
                    List.of(new AttributeChange(change.name(), Optional.of(Notification.PASSIVE), Optional.empty())));
        }
    }
}
