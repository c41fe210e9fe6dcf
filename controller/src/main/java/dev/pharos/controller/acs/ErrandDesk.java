// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.acs.AcsOffice.Visitor;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.ParameterValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The errands that are done in one session, those too that come while it lasts. For one thread at a time.
final class ErrandDesk {
    private final AcsOffice office;
    private final Visitor visitor;
    private final Approach approach;
    private final ErrandClosing closing;
    private int open;
    private long last;

    ErrandDesk(AcsOffice office, Visitor visitor, Approach approach) {
        this.office = office;
        this.visitor = visitor;
        this.approach = approach;
        this.closing = new ErrandClosing(office, visitor.id());
    }

    /// Those that have come since this was asked last; none while what waits is being done over USP.
    List<Task> take() {
        if (office.turns().isOverUsp(visitor.id())) {
            return List.of();
        }
        List<Task> tasks = new ArrayList<>();
        for (StoredErrand each : office.errands().of(visitor.id())) {
            if (each.seq() > last) {
                last = each.seq();
                open++;
                One one = new One(each);
                if (each.attempts() > 0 && !each.errand().isRepeatable()) {
                    // the server ended while it was at work
                    one.ended(new ErrandEnd.Uncertain());
                } else if (each.errand().isOverdue(office.now())) {
                    one.ended(new ErrandEnd.Overdue());
                } else {
                    tasks.add(task(each, one));
                }
            }
        }
        return tasks;
    }

    boolean isOpen() {
        return open > 0;
    }

    private Task task(StoredErrand stored, Progress progress) {
        String key = "pharos-" + stored.seq();
        return switch (stored.errand()) {
            case Errand.SetValues set -> new SetTask(set, approach, key, progress);
            case Errand.ReadValues read -> new ReadTask(read, approach, progress);
            case Errand.AddRow add -> new AddTask(add, approach, key, progress);
            case Errand.DeleteRows delete -> new DeleteTask(delete, approach, key, progress);
            case Errand.MeetController meet ->
                approach.manner()
                        .oneUrl()
                        .<Task>map(words -> UrlTask.of(meet, words, approach, key, progress))
                        .orElseGet(() -> new MeetTask(meet, approach, key, office.brokerLogins(), progress));
            case Errand.LeaveController leave ->
                approach.manner()
                        .oneUrl()
                        .<Task>map(words -> UrlTask.of(leave, words, approach, key, progress))
                        .orElseGet(() -> new LeaveTask(leave, approach, key, progress));
            case Errand.FetchFile fetch -> TransferTask.of(fetch, office.now(), progress);
            case Errand.SendFile send -> TransferTask.of(send, progress);
            case Errand.ChangeModules change ->
                new ModulesTask(
                        change,
                        () -> office.modules().add(visitor.id(), ModuleOrder.of(change), Limits.MODULE_ORDERS),
                        progress);
            case Errand.RequestStates request -> new StateTask(request, approach, key, progress);
            case Errand.CallMethod call -> new MethodTask(call, progress);
            case Errand.Restart restart -> new RestartTask(restart, key, progress);
        };
    }

    private static Optional<String> transferKey(Errand errand) {
        return switch (errand) {
            case Errand.FetchFile fetch -> Optional.of(fetch.commandKey());
            case Errand.SendFile send -> Optional.of(send.commandKey());
            default -> Optional.empty();
        };
    }

    /// One errand while it is done.
    private final class One implements Progress {
        private final StoredErrand stored;

        One(StoredErrand stored) {
            this.stored = stored;
        }

        @Override
        public boolean begun() {
            boolean waits = office.errands().attempted(stored);
            if (!waits) {
                open--;
                return false;
            }
            // before it is asked, so that what it tells is known even where this server ends over its answer
            transferKey(stored.errand())
                    .ifPresent(key -> office.transfers().told(visitor.id(), key, office.now(), Limits.OPEN_TRANSFERS));
            return true;
        }

        @Override
        public void learnt(List<ParameterValue> values, TwinValue.Source source) {
            List<TwinValue> told = approach.withShown(values).stream()
                    .map(each -> office.parts()
                            .twins()
                            .value(CwmpNames.inModel(each.name()), CwmpNames.valueInModel(each.value()), source))
                    .toList();
            if (stored.errand() instanceof Errand.ReadValues read) {
                read.paths().stream().filter(path -> path.endsWith(".")).forEach(path -> forget(path, told));
            }
            office.parts().stores().twins().put(visitor.id(), told);
        }

        /// Of an object that was read as a whole, what is not told is not there any more.
        private void forget(String object, List<TwinValue> told) {
            Set<String> there = told.stream().map(TwinValue::path).collect(Collectors.toSet());
            if (there.stream().anyMatch(path -> path.startsWith(object))) {
                TwinStore twins = office.parts().stores().twins();
                twins.list(visitor.id(), object, Limits.VALUES).stream()
                        .map(TwinValue::path)
                        .filter(path -> !there.contains(path))
                        .forEach(path -> twins.removeUnder(visitor.id(), path));
            }
        }

        @Override
        public void gone(String row) {
            office.parts().stores().twins().removeUnder(visitor.id(), row);
        }

        @Override
        public void ended(ErrandEnd end) {
            open--;
            if (!(end instanceof ErrandEnd.Done(boolean already) && !already)
                    && !(end instanceof ErrandEnd.Uncertain)) {
                transferKey(stored.errand()).ifPresent(key -> office.transfers().ended(visitor.id(), key));
            }
            if (end instanceof ErrandEnd.Left) {
                office.remains(visitor);
            }
            closing.ended(stored, end);
        }

        @Override
        public void interrupted() {
            if (!stored.errand().isRepeatable()) {
                ended(new ErrandEnd.Uncertain());
            } else if (stored.attempts() + 1 < Limits.ATTEMPTS) {
                boolean _ = office.errands().attempted(stored);
            } else {
                ended(new ErrandEnd.GivenUp());
            }
        }
    }
}
