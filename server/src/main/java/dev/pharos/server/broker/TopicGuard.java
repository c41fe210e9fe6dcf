// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnection;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;

/// What Artemis asks before it lets a client do something. Who the client is, [PeerGate] has found out before: whoever
/// did not come through the gate is nobody here.
final class TopicGuard implements ActiveMQSecurityManager5 {
    static final AttributeKey<BrokerPeer> PEER = AttributeKey.valueOf(TopicGuard.class, "peer");

    private final BrokerRefusals refusals;

    TopicGuard(BrokerRefusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String user,
            @Nullable String password,
            @Nullable RemotingConnection connection,
            @Nullable String securityDomain) {
        if (connection == null || !(connection.getTransportConnection() instanceof NettyConnection transport)) {
            return null;
        }
        Channel channel = transport.getChannel();
        BrokerPeer peer = channel == null ? null : channel.attr(PEER).get();
        if (peer == null) {
            return null;
        }
        Subject subject = new Subject();
        // Artemis insists on a principal of this class.
        subject.getPrincipals().add(new UserPrincipal(peer.session()));
        subject.getPublicCredentials().add(peer);
        subject.setReadOnly();
        return subject;
    }

    @Override
    public boolean authorize(@Nullable Subject subject, Set<Role> roles, CheckType type, String address) {
        if (subject == null) {
            return false;
        }
        String topic = TopicCode.fromAddress(address);
        for (BrokerPeer peer : subject.getPublicCredentials(BrokerPeer.class)) {
            boolean allowed = may(peer, type, topic);
            if (!allowed) {
                String transport = peer instanceof StompPeer ? "stomp" : "mqtt";
                refusals.refused(transport, peer.address(), "may not use the topic " + topic);
            }
            return allowed;
        }
        return false;
    }

    private static boolean may(BrokerPeer peer, CheckType type, String topic) {
        return switch (type) {
            case SEND -> peer.mayPublish(topic);
            case CONSUME,
                    CREATE_DURABLE_QUEUE,
                    DELETE_DURABLE_QUEUE,
                    CREATE_NON_DURABLE_QUEUE,
                    DELETE_NON_DURABLE_QUEUE -> peer.maySubscribe(topic);
            case CREATE_ADDRESS, DELETE_ADDRESS -> peer.maySubscribe(topic) || peer.mayPublish(topic);
            case BROWSE, MANAGE, VIEW, EDIT -> false;
        };
    }

    @Override
    public boolean validateUser(String user, String password) {
        return false;
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType type) {
        return false;
    }
}
