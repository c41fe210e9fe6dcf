// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.cli.cpe.diagnostics.StateDiagnostics;
import dev.pharos.cwmp.cpe.Step;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.xmpp.LinkState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Makes an agent a device of TR-069 too: one data model behind both protocols. An agent that restarts begins a new
/// life
/// with it. Thread-safe.
public final class CpeProgram implements AutoCloseable {
    private final AcsAddress address;
    private final Path folder;
    private final Trust trust;
    private final AcsContact.Surroundings around;
    private @Nullable KeptContact kept;
    private @Nullable InetSocketAddress callsAt;
    private @Nullable CallListener calls;
    private @Nullable LanPage page;
    private @Nullable Standby standby;
    private @Nullable AcsContact contact;
    private @Nullable ManagementServerElement element;
    private @Nullable StateDiagnostics diagnostics;
    private @Nullable EmbeddedDevices embedded;
    private @Nullable ManageableDevices manageable;
    private @Nullable Path home;
    private @Nullable InstantiatedDataModel current;
    private final StunBinding stun = new StunBinding(new StunBinding.Home() {
        @Override
        public Optional<CallListener.Login> login() {
            return current().flatMap(AcsContact::callLogin);
        }

        @Override
        public void called() {
            current().ifPresent(AcsContact::called);
        }

        @Override
        public void seen(Optional<InetSocketAddress> outside, boolean translated) {
            currentElement().ifPresent(each -> each.seen(outside, translated));
        }
    });
    private @Nullable XmppElement xmppElement;
    private final XmppBinding xmpp = new XmppBinding(new XmppBinding.Home() {
        @Override
        public SSLContext trust() throws IOException {
            return trust.context();
        }

        @Override
        public Optional<CallListener.Login> login() {
            return current().flatMap(AcsContact::callLogin);
        }

        @Override
        public boolean allows(String from) {
            return snapshot().filter(now -> XmppElement.isAllowed(now, from)).isPresent();
        }

        @Override
        public boolean called() {
            return current().map(AcsContact::called).orElse(false);
        }

        @Override
        public void seen(String row, Optional<LinkState> state) {
            currentXmpp().ifPresent(each -> each.seen(row, state));
        }
    });
    private boolean closed;

    /// Whom to trust to vouch for the ACS.
    @FunctionalInterface
    public interface Trust {
        /// @throws IOException naming what cannot be used
        SSLContext context() throws IOException;

        /// Those that the Java runtime trusts.
        static Trust ofTheRuntime() {
            return () -> {
                try {
                    return SSLContext.getDefault();
                } catch (GeneralSecurityException missing) {
                    throw new IOException("the runtime trusts nobody: " + missing.getMessage(), missing);
                }
            };
        }
    }

    /// Hears how the contact to the ACS is, on threads of the contact, which it must not hold up.
    @FunctionalInterface
    public interface Listener {
        /// For people.
        void said(String line);

        /// A session is over.
        default void ended(Step.End end) {}
    }

    /// @param folder where it keeps what it remembers, that of the agent
    /// @param canRestart whether the device behind the agent can be restarted
    /// @param listener hears how the contact is
    public CpeProgram(
            AcsAddress address, Path folder, Trust trust, AgentRuntime runtime, boolean canRestart, Listener listener) {
        this.address = address;
        this.folder = folder;
        this.trust = trust;
        this.around = new AcsContact.Surroundings(this::open, runtime, canRestart, address.password(), listener);
    }

    private AcsExchange open(ManagementServer server) throws IOException {
        String password = server.password().isEmpty() ? address.password() : server.password();
        return new AcsOverHttp(
                URI.create(server.url()),
                new AcsOverHttp.Login(server.username(), password, address.insecure()),
                trust.context(),
                server.compression());
    }

    /// Lets the ACS call the device there (connection requests).
    ///
    /// @param at an address of this host; port 0 is any free one
    /// @throws IOException where it cannot listen
    public synchronized void callable(InetSocketAddress at) throws IOException {
        callsAt = at;
        listen(at);
    }

    private void listen(InetSocketAddress at) throws IOException {
        calls = CallListener.open(at, new KeptContact(folder).callPath(), new CallListener.Callee() {
            @Override
            public Optional<CallListener.Login> login() {
                return current().flatMap(AcsContact::callLogin);
            }

            @Override
            public boolean called() {
                return current().map(AcsContact::called).orElse(false);
            }
        });
    }

    /// Opens a page for the people at home, by which they ask their provider for something.
    ///
    /// @param at an address of this host in the home network; port 0 is any free one
    /// @return where it is
    /// @throws IOException where it cannot listen
    public synchronized String openPage(InetSocketAddress at) throws IOException {
        LanPage opened = LanPage.open(at, this::current);
        page = opened;
        return opened.url();
    }

    /// Shows the devices at home that have told the DHCP server of this host who they are.
    ///
    /// @param folder where a hook of that writes down what they say; without it, nothing is shown
    public synchronized void showHome(Path folder) {
        home = folder;
    }

    /// Notices from now on when this host has stood by, where it can.
    public synchronized void watchStandby() {
        standby = Standby.ofThisHost(around.runtime().timer(), this::wokeUp).orElse(null);
        if (standby != null) {
            standby.begin();
        }
    }

    private void wokeUp(Duration stood) {
        Instant since = around.runtime().clock().instant().minus(stood);
        snapshot().ifPresent(now -> current().ifPresent(each -> each.wokeUp(StandbyPolicy.of(now), since)));
    }

    private synchronized Optional<AcsContact> current() {
        return Optional.ofNullable(contact);
    }

    private synchronized Optional<ManagementServerElement> currentElement() {
        return Optional.ofNullable(element);
    }

    private synchronized Optional<XmppElement> currentXmpp() {
        return Optional.ofNullable(xmppElement);
    }

    private synchronized Optional<Snapshot> snapshot() {
        return Optional.ofNullable(current).map(InstantiatedDataModel::snapshot);
    }

    private synchronized boolean isCallable() {
        return callsAt != null;
    }

    private synchronized Optional<String> callUrl() {
        return Optional.ofNullable(calls).map(CallListener::url);
    }

    /// What it adds to the data model of the agent, anew at each start of the agent.
    public synchronized List<ServiceElement> elements() {
        if (contact != null) {
            contact.close();
        }
        try {
            KeptContact opened = new KeptContact(folder);
            kept = opened;
            ManagementServerElement fresh = new ManagementServerElement(
                    address,
                    opened,
                    new ManagementServerElement.Calls() {
                        @Override
                        public boolean arePossible() {
                            return isCallable();
                        }

                        @Override
                        public Optional<String> url() {
                            return callUrl();
                        }
                    },
                    around.canRestart());
            element = fresh;
            StateDiagnostics measuring = new StateDiagnostics(folder);
            diagnostics = measuring;
            XmppElement freshXmpp = new XmppElement();
            xmppElement = freshXmpp;
            EmbeddedDevices things = new EmbeddedDevices();
            embedded = things;
            List<ServiceElement> elements = new ArrayList<>(List.of(fresh, measuring, freshXmpp, things));
            if (page != null) {
                elements.add(ExtraParameters.ofPage(page));
            }
            manageable = home == null ? null : ManageableDevices.of(home).orElse(null);
            if (manageable != null) {
                elements.add(manageable);
            }
            if (standby != null) {
                elements.add(ExtraParameters.ofStandby());
            }
            return elements;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The agent has started, with this data model.
    public synchronized void started(InstantiatedDataModel model) {
        KeptContact remembered = kept;
        if (closed || remembered == null) {
            return;
        }
        try {
            AcsContact begun = new AcsContact(model, remembered, around);
            contact = begun;
            if (diagnostics != null) {
                begun.afterSessions(diagnostics::go);
                diagnostics.begin(model, begun);
            }
            if (embedded != null) {
                embedded.follow(model);
            }
            if (manageable != null) {
                manageable.follow(model);
            }
            begun.begin();
            model.onChange(changes -> {
                if (changes.changes().stream().anyMatch(each -> saysHowItIsCalled(each.path()))) {
                    // whoever changes it does not wait
                    Thread.ofVirtual().name("cpe-call-settings").start(this::bind);
                }
            });
            current = model;
            stun.settle(Optional.empty());
            xmpp.settle(Optional.empty());
            bind();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean saysHowItIsCalled(String path) {
        return path.startsWith(ManagementServerElement.OBJECT + "STUN")
                || path.startsWith(ManagementServerElement.OBJECT + "EnableCWMP")
                || path.equals(ManagementServerElement.HTTP_CALLS)
                || path.equals(ManagementServerElement.URL)
                || path.startsWith(XmppElement.CALLS)
                || path.startsWith(XmppElement.OBJECT);
    }

    private synchronized void bind() {
        InstantiatedDataModel model = current;
        if (model != null && !closed) {
            Snapshot now = model.snapshot();
            stun.settle(new ManagementServer(now).stun());
            xmpp.settle(XmppElement.settings(now));
            listen(new ManagementServer(now).takesHttpCalls());
        }
    }

    private void listen(boolean wanted) {
        if (!wanted && calls != null) {
            calls.close();
            calls = null;
        }
        if (wanted && calls == null && callsAt != null) {
            try {
                listen(callsAt);
            } catch (IOException taken) {
                around.listener().said("the ACS cannot call over HTTP: " + taken.getMessage());
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        stun.close();
        xmpp.close();
        if (calls != null) {
            calls.close();
        }
        if (page != null) {
            page.close();
        }
        if (standby != null) {
            standby.close();
        }
        if (contact != null) {
            contact.close();
        }
    }
}
