// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

class ArtemisTest extends BrokerBehaviour {
    @Override
    TestBroker startBroker() throws Exception {
        return new Artemis(folder);
    }
}
