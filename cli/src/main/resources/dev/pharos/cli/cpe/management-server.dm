# SPDX-License-Identifier: Apache-2.0
model urn:broadband-forum-org:tr-181-2-19-0

object Device. readOnly

object Device.ManagementServer. readOnly
  desc "How the device is managed over TR-069."
  param EnableCWMP readWrite boolean default=true
  param URL readWrite string len=..2048
  param Username readWrite string len=..256
  param Password readWrite string len=..256 secured
  param ScheduleReboot readWrite dateTime
  param DelayReboot readWrite int range=-1.. unit=seconds default=-1
  param PeriodicInformEnable readWrite boolean default=true
  param PeriodicInformInterval readWrite unsignedInt range=1.. unit=seconds default=86400
  param PeriodicInformTime readWrite dateTime
  param ConnectionRequestURL readOnly string len=..2048
  param ConnectionRequestUsername readWrite string len=..256
  param ConnectionRequestPassword readWrite string len=..256 secured
  param HTTPConnectionRequestEnable readWrite boolean default=true
  param SupportedConnReqMethods readOnly string list enum=HTTP|STUN|XMPP
  param UpgradesManaged readWrite boolean default=true
  param DefaultActiveNotificationThrottle readWrite unsignedInt unit=seconds default=0
  param ParameterKey readOnly string len=..32
  param CWMPRetryMinimumWaitInterval readWrite unsignedInt range=1..65535 unit=seconds default=5
  param CWMPRetryIntervalMultiplier readWrite unsignedInt range=1000..65535 default=2000
  param AliasBasedAddressing readOnly boolean default=true
  param InstanceMode readWrite string enum=InstanceNumber|InstanceAlias default=InstanceNumber
  param AutoCreateInstances readWrite boolean default=false
  param InstanceWildcardsSupported readOnly boolean default=true
  param HTTPCompressionSupported readOnly string list default=GZIP,Deflate
  param HTTPCompression readWrite string enum=Disabled|GZIP|Deflate default=Disabled
  param LightweightNotificationProtocolsSupported readOnly string list default=UDP
  param LightweightNotificationProtocolsUsed readWrite string list enum=UDP
  param LightweightNotificationTriggerInterval readWrite unsignedInt unit=seconds default=0
  param LightweightNotificationTriggerTime readWrite dateTime
  param UDPLightweightNotificationHost readWrite string len=..256
  param UDPLightweightNotificationPort readWrite unsignedInt range=1..65535 default=7547
  param STUNEnable readWrite boolean default=false
  param STUNServerAddress readWrite string len=..256
  param STUNServerPort readWrite unsignedInt range=1..65535 default=3478
  param STUNUsername readWrite string len=..256
  param STUNPassword readWrite string len=..256 secured
  param STUNMaximumKeepAlivePeriod readWrite int range=-1.. unit=seconds default=-1
  param STUNMinimumKeepAlivePeriod readWrite unsignedInt range=5.. unit=seconds default=30
  param UDPConnectionRequestAddress readOnly string len=..256
  param NATDetected readOnly boolean default=false
  param InformParameterNumberOfEntries readOnly unsignedInt

object Device.ManagementServer.InformParameter.{i}. addDelete key Alias! key ParameterName
  desc "What the ACS wants to be told in Informs, beside what every one tells."
  param Enable readWrite boolean default=false
  param Alias writeOnce string len=..64 type=Alias
  param ParameterName readWrite string len=..256
  param EventList readWrite string list

object Device.ManagementServer.HeartbeatPolicy. readOnly
  desc "How often the device says that it lives, and nothing else."
  param Enable readWrite boolean default=false
  param ReportingInterval readWrite unsignedInt range=30.. unit=seconds default=86400
  param InitiationTime readWrite dateTime

object Device.ManagementServer.AutonomousTransferCompletePolicy. readOnly
  desc "Of which transfers of files the ACS hears that it has not ordered."
  param Enable readWrite boolean default=false
  param TransferTypeFilter readWrite string enum=Upload|Download|Both default=Both
  param ResultTypeFilter readWrite string enum=Success|Failure|Both default=Both
  param FileTypeFilter readWrite string list listLen=..1024 pattern="1 Firmware Upgrade Image|2 Web Content|3 Vendor Configuration File|4 Vendor Log File|X [0-9A-F]{6} .+" default="1 Firmware Upgrade Image,3 Vendor Configuration File,4 Vendor Log File"

object Device.ManagementServer.DUStateChangeComplPolicy. readOnly
  desc "Of which changes of its software modules that the ACS has not asked for the device tells it. A filter that is empty lets none through."
  param Enable readWrite boolean default=false
  param OperationTypeFilter readWrite string list enum=Install|Update|Uninstall default=Install,Update,Uninstall
  param ResultTypeFilter readWrite string enum=Success|Failure|Both default=Both
  param FaultCodeFilter readWrite string list enum=9001|9003|9012|9013|9015|9016|9017|9018|9022|9023|9024|9025|9026|9027|9028|9029|9030|9031|9032 default=9001,9003,9012,9013,9015,9016,9017,9018,9022,9023,9024,9025,9026,9027,9028,9029,9030,9031,9032
