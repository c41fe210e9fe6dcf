// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.prplos.ubus.News;
import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciCommit;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.device.prplos.uci.UciStore;
import dev.pharos.device.prplos.uci.UciWatch;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backs the tables of a mapping with UCI. What management writes in one message becomes one commit and one
/// reload for each package; where a daemon refuses the reload, the files are as before and the write fails.
/// What others change in the files shows at once, or within seconds where the kernel does not tell of it.
public final class MappedElement implements ServiceElement {
    private static final Logger LOG = LoggerFactory.getLogger(MappedElement.class);

    private final Mapping mapping;
    private final Packages packages;
    private final Daemons daemons;
    private final SupportedDataModel supported;
    private final MappedRows rows;
    private final Wanted wanted;
    private final Set<String> live;
    /// What the data model shows now.
    private volatile Seen published = Seen.NOTHING;
    /// What daemons said when they were last asked.
    private volatile Answers answers = Answers.NONE;
    private final Trial trial = new Trial(System::nanoTime);
    private final Guard guard;
    private final Asked asked;
    private final Orders orders;
    /// What the last write did, for as long as it may have to be taken back.
    private List<UciCommit> last = List.of();

    private @Nullable DeviceContext mounted;
    private final News news = new News();
    private final Lively lively = new Lively(System::nanoTime);
    private volatile boolean open = true;
    private volatile @Nullable Thread look;
    private volatile Optional<UciWatch> files = Optional.empty();

    /// @throws IllegalArgumentException where the gateway model lacks something of the mapping
    public MappedElement(Mapping mapping, UciStore store, Daemons daemons, Way.Guarding guarding) {
        this.mapping = mapping;
        this.packages = new Packages(mapping, store, daemons);
        this.daemons = daemons;
        this.supported = MappedModel.of(mapping);
        this.live = MappedModel.live(mapping);
        this.rows = new MappedRows(mapping, supported);
        this.wanted = new Wanted(mapping, rows, supported);
        this.guard = new Guard(guarding, this::reopen);
        this.asked = new Asked(daemons);
        this.orders = new Orders(mapping, daemons, rows);
    }

    /// How things are configured, by package, and how they stand.
    record Seen(Map<String, UciPackage> packages, Answers.Shown answers) {
        static final Seen NOTHING = new Seen(Map.of(), Answers.Shown.NOTHING);

        Seen {
            packages = Map.copyOf(packages);
        }
    }

    /// @throws IllegalArgumentException where the gateway model lacks something of the mapping, naming it
    public static void mustBeKnown(Mapping mapping) {
        MappedModel.of(mapping);
    }

    @Override
    public SupportedDataModel supported() {
        return supported;
    }

    @Override
    public boolean isLive(String supportedParameterPath) {
        return live.contains(supportedParameterPath);
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        return rows.read(answers, asked, object.path(), parameter)
                .orElseGet(() -> object.definition()
                        .parameter(parameter)
                        .map(definition -> ValueSyntax.emptyValue(definition.type()))
                        .orElse(""));
    }

    @Override
    public void start(DeviceContext context) {
        mounted = context;
        packages.adopt();
        Seen first = read();
        if (!isEmptied(first)) {
            look(first);
        }
        files = packages.watch(news::give);
        lively.isTold(files.isPresent());
        Thread watching = Thread.ofVirtual().name("uci-look").unstarted(this::watch);
        look = watching;
        watching.start();
        daemons.onNews(news::give);
    }

    private void watch() {
        try {
            lively.begin();
            while (open) {
                lookAgain();
                long looked = System.nanoTime();
                if (news.await(lively.between())) {
                    lively.begin();
                    Thread.sleep(Limits.BREATH.minusNanos(System.nanoTime() - looked));
                }
            }
        } catch (InterruptedException closed) {
            // nobody wants to see more
        }
    }

    private void lookAgain() throws InterruptedException {
        try {
            boolean asking = lively.isDue();
            if (asking) {
                files.ifPresent(UciWatch::again);
                packages.tellAgain();
                answers = Answers.ask(mapping, published.packages(), daemons);
                asked.forget();
                daemons.follow(answers.news(mapping, published.packages()));
            } else if (packages.areAs(published.packages())) {
                return;
            }
            Seen seen = read();
            if (!seen.packages().equals(published.packages())) {
                // whoever writes a file in place leaves it empty or half for a moment
                Thread.sleep(isEmptied(seen) ? Limits.EMPTY : Limits.BREATH);
            }
            look(seen);
            if (trial.hasFailed(rows.failing())) {
                takeBack();
            }
        } catch (UspException refused) {
            if (open) {
                LOG.warn("the data model refused what UCI says: {}", refused.fault());
            }
        } catch (RuntimeException defect) {
            // a defect must not end the watch, which would leave the model as it is for ever
            LOG.error("what UCI says could not be published", defect);
        }
    }

    /// What was committed does not work: everything is as before, and stays visible as failed until it works
    /// again.
    private void takeBack() {
        takeBack(trial::end, String.join(", ", rows.failing()) + " did not work");
    }

    /// The way to whoever manages the gateway stayed closed: everything is as before the way was cut.
    private void reopen(List<UciCommit> late) {
        try {
            takeBack(() -> late, "the way to the controller did not open again");
        } catch (UspException refused) {
            LOG.error("what cut the way to the controller is taken back, and cannot be shown: {}", refused.fault());
        }
    }

    /// @param commits what is to be taken back, asked for when nobody writes any more
    private void takeBack(Supplier<List<UciCommit>> commits, String why) {
        published = context().update(transaction -> {
            List<UciCommit> back = commits.get();
            LOG.warn("{} with what was configured last, which is taken back", why);
            trial.forget(back);
            guard.forget(back);
            packages.takeBack(back);
            daemons.takenBack(
                    back.stream().map(UciCommit::packageName).distinct().toList(), why);
            Seen now = read();
            rows.publish(transaction, now);
            return now;
        });
    }

    private boolean isEmptied(Seen seen) {
        return seen.packages().values().stream()
                .anyMatch(content -> content.sections().isEmpty()
                        && !content.equals(published.packages().get(content.name())));
    }

    private DeviceContext context() {
        return Objects.requireNonNull(mounted, "not started");
    }

    /// Publishes what was seen, if it is so still. A file that cannot be read leaves the model as it is.
    /// What counts is read within the transaction, so that no write of management comes between.
    private void look(Seen seen) {
        if (!seen.equals(published) || rows.isReferringElsewhere(context().snapshot())) {
            published = context().update(transaction -> {
                Seen now = read();
                if (!now.equals(seen)
                        || !now.packages()
                                .keySet()
                                .containsAll(published.packages().keySet())) {
                    return published;
                }
                rows.publish(transaction, now);
                return now;
            });
        }
    }

    private Seen read() {
        Map<String, UciPackage> now = packages.read();
        return new Seen(now, answers.shown(mapping, now));
    }

    @Override
    public void complete(Transaction device, ObjectInstance row) {
        mapping.tables().stream()
                .filter(table -> table.isRow(row.path()))
                .forEach(table -> new NewSections(table, packages.read()).name(device, row));
        ListedChanges.name(mapping, device, row);
    }

    @Override
    public void validate(ChangeSet proposed) {
        orders.mustBeWritable(proposed);
        Plan plan = wanted.of(proposed, packages.read());
        plan.changes()
                .forEach((packageName, changes) ->
                        mustBeUsable(packageName, packages.preview(packageName, changes), plan));
    }

    @Override
    public void apply(ChangeSet changes) {
        if (orders.areOfOthers(changes)) {
            return;
        }
        Map<String, List<UciChange>> plan = wanted.of(changes, packages.read()).changes();
        boolean guarded = mapping.isGuarded(plan.keySet()) && guard.isWanted();
        // whether it is taken or not, daemons have something to say of it
        lively.begin();
        List<UciCommit> done = packages.commit(plan);
        last = done;
        trial.add(done, rows.failing());
        if (guarded) {
            guard.add(done);
        }
        try {
            orders.write(changes, context());
            look(read());
        } catch (RuntimeException refused) {
            undo(changes);
            throw refused;
        }
    }

    @Override
    public Map<String, String> operate(CommandCall call) throws InterruptedException {
        Map<String, String> outputs = orders.operate(call, answers);
        lively.begin();
        return outputs;
    }

    /// Has these packages be as these files from now on, whatever management has written; guarded as any
    /// write is.
    ///
    /// @param mustReload whether a daemon that refuses it counts
    /// @throws UspException where it cannot be; then everything is as it was
    void replace(Map<String, Bytes> files, boolean mustReload) {
        boolean guarded = mapping.isGuarded(files.keySet()) && guard.isWanted();
        published = context().update(transaction -> {
            List<UciCommit> done = packages.replace(files, mustReload);
            packages.adopt();
            Seen now = read();
            try {
                rows.publish(transaction, now);
            } catch (RuntimeException refused) {
                packages.takeBack(done);
                throw refused;
            }
            trial.add(done, rows.failing());
            lively.begin();
            if (guarded) {
                guard.add(done);
            }
            return now;
        });
    }

    /// What a daemon would refuse in the sections that change.
    private void mustBeUsable(String packageName, UciPackage content, Plan plan) {
        UciPackage before = published.packages().getOrDefault(packageName, new UciPackage(packageName, List.of()));
        for (Mapping.Table table : mapping.tables()) {
            for (UciSection section :
                    table.packageName().equals(packageName) ? content.sections() : List.<UciSection>of()) {
                if (table.holds(section) && !before.section(section.id()).equals(Optional.of(section))) {
                    table.content().needs().stream()
                            .filter(need -> !need.isMet(section))
                            .findFirst()
                            .ifPresent(need -> {
                                throw unmet(table, section, need, plan);
                            });
                }
            }
        }
    }

    private static UspException unmet(Mapping.Table table, UciSection section, Mapping.Need need, Plan plan) {
        String row = plan.path(table.path(), section.id()).orElse(table.path());
        String name = table.content().parameters().stream()
                .filter(parameter -> parameter.option().equals(need.option()))
                .findFirst()
                .map(Mapping.Parameter::name)
                .orElse(need.option());
        return new UspException(
                StandardErrorCode.INVALID_VALUE,
                row + "." + name + " must have " + need.least() + " to " + need.most() + " characters with this "
                        + need.when());
    }

    @Override
    public void undo(ChangeSet changes) {
        if (orders.areOfOthers(changes)) {
            return;
        }
        trial.forget(last);
        guard.forget(last);
        packages.takeBack(last);
        last = List.of();
        published = Seen.NOTHING;
    }

    @Override
    public void close() {
        open = false;
        guard.close();
        files.ifPresent(UciWatch::close);
        Thread running = look;
        if (running != null) {
            running.interrupt();
        }
    }
}
