// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerRole;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.fleet.ManagingController;
import dev.pharos.mtp.websocket.HttpProxy;
import dev.pharos.usp.EndpointId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControllerWayTest {
    private static ManagingController at(String url, Access access) {
        return new ManagingController(
                EndpointId.of("self::controller"), ControllerAddress.parse(url, access), ControllerRole.FULL);
    }

    @Test
    void the_way_is_open_while_one_of_the_controllers_answers() throws Exception {
        ControllerWay way;
        try (ServerSocket open = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            int port = open.getLocalPort();
            way = ControllerWay.to(List.of(
                    at("unix:/nowhere", Access.NONE),
                    at("ws://127.0.0.1:1/usp", Access.NONE),
                    at("mqtt://127.0.0.1:" + port, Access.NONE)));
            assertThat(way.isOpen()).isTrue();
        }
        assertThat(way.isOpen()).isFalse();
        assertThat(new ControllerWay(List.of()).isOpen()).isFalse();
    }

    @Test
    void behind_a_proxy_the_way_is_the_one_to_the_proxy() {
        Access access = Access.NONE.through(HttpProxy.parse("http://proxy.example:3128", Optional.empty()));

        assertThat(ControllerWay.to(List.of(at("wss://acs.example/usp", access)))
                        .hops())
                .containsExactly(InetSocketAddress.createUnresolved("proxy.example", 3128));
        assertThat(ControllerWay.to(List.of(at("mqtts://[2001:db8::1]", access)))
                        .hops())
                .containsExactly(InetSocketAddress.createUnresolved("2001:db8::1", 8883));
    }
}
