# SPDX-License-Identifier: Apache-2.0
# What a Pharos home gateway supports of Device:2.19, the data model of the Broadband Forum: a selection. Names, types, ranges, keys
# and references are those of the standard; texts are our own. Devices back all of it or a part of it, see ServiceElement.
model urn:broadband-forum-org:tr-181-2-19-0

object Device. readOnly
  desc "The device."
  param RootDataModelVersion readOnly string len=..32 pattern="2[.][0-9]+" default=2.19
  param InterfaceStackNumberOfEntries readOnly unsignedInt
  command Reboot() sync
    in Cause string enum=LocalReboot|RemoteReboot
    in Reason string
  command FactoryReset() sync
    in Cause string enum=LocalFactoryReset|RemoteFactoryReset
    in Reason string
  command ScheduleTimer() async
    desc "Does nothing, and is complete when the time is over."
    in DelaySeconds unsignedInt range=1.. unit=seconds mandatory
  command SelfTestDiagnostics() async
    desc "Finds out whether the device can do what it is there for."
    out Status string enum=Complete|Error_Internal|Error_Other
    out Results string len=..1024
  command PacketCaptureDiagnostics() async
    desc "Packets of a link, or of all, as a file that goes to a server."
    in Interface string len=..256
    in Format string enum=libpcap|pcapng
    in Duration unsignedInt range=1.. unit=seconds
    in PacketCount unsignedInt
    in ByteCount unsignedInt
    in FileTarget string len=..2048 type=URL
    in FilterExpression string len=..256
    in Username string len=..256
    in Password string len=..256
    out Status string enum=Canceled|Complete|Error|Error_Internal|Error_Other
    out PacketCaptureResult.{i}.FileLocation string len=..2048 type=URL
    out PacketCaptureResult.{i}.StartTime dateTime
    out PacketCaptureResult.{i}.EndTime dateTime
    out PacketCaptureResult.{i}.Count unsignedInt
  event Boot!
    arg CommandKey string
    arg Cause string enum=LocalReboot|RemoteReboot|FactoryReset|LocalFactoryReset|RemoteFactoryReset
    arg Reason string
    arg FirmwareUpdated boolean
    arg ParameterMap string type=JSONObject

object Device.InterfaceStack.{i}. readOnly key Alias! key HigherLayer,LowerLayer
  desc "Which interface stands on which."
  param Alias writeOnce string len=..64 type=Alias
  param HigherLayer readOnly string len=..256 ref=strong:Device.IP.Interface.{i}.,Device.PPP.Interface.{i}.,Device.Ethernet.VLANTermination.{i}.,Device.Ethernet.Link.{i}.,Device.Ethernet.Interface.{i}.,Device.Bridging.Bridge.{i}.Port.{i}.,Device.WiFi.SSID.{i}.,Device.WiFi.Radio.{i}.
  param LowerLayer readOnly string len=..256 ref=strong:Device.IP.Interface.{i}.,Device.PPP.Interface.{i}.,Device.Ethernet.VLANTermination.{i}.,Device.Ethernet.Link.{i}.,Device.Ethernet.Interface.{i}.,Device.Bridging.Bridge.{i}.Port.{i}.,Device.WiFi.SSID.{i}.,Device.WiFi.Radio.{i}.

object Device.DeviceInfo. readOnly
  desc "Who made the device, which one it is, and what it runs."
  param DeviceCategory readOnly string list
  param Manufacturer readOnly string len=..64
  param ManufacturerOUI readOnly string len=6..6 pattern="[0-9A-F]{6}" default=000000
  param ModelName readOnly string len=..64
  param ModelNumber readOnly string len=..64
  param Description readOnly string len=..256
  param ProductClass readOnly string len=..64
  param SerialNumber readOnly string len=..64
  param HardwareVersion readOnly string len=..64
  param SoftwareVersion readOnly string len=..64
  param ActiveFirmwareImage readOnly string ref=strong:Device.DeviceInfo.FirmwareImage.{i}.
  param BootFirmwareImage readWrite string ref=strong:Device.DeviceInfo.FirmwareImage.{i}.
  param ProvisioningCode readWrite string len=..64
  param UpTime readOnly unsignedInt unit=seconds ignore
  param FirstUseDate readOnly dateTime
  param HostName readWrite string len=..255
  param VendorConfigFileNumberOfEntries readOnly unsignedInt
  param VendorLogFileNumberOfEntries readOnly unsignedInt
  param FirmwareImageNumberOfEntries readOnly unsignedInt
  param ProcessorNumberOfEntries readOnly unsignedInt
  param FriendlyName readWrite string len=..32
  param MaxNumberOfActivateTimeWindows readOnly unsignedInt range=1..5 default=5

object Device.DeviceInfo.MemoryStatus. readOnly
  param Total readOnly unsignedInt unit=KiB
  param Free readOnly unsignedInt unit=KiB ignore
  param TotalPersistent readOnly unsignedInt unit=KiB
  param FreePersistent readOnly unsignedInt unit=KiB ignore

object Device.DeviceInfo.MemoryStatus.MemoryMonitor. readOnly
  desc "Says when too much of the memory is in use."
  param Enable readWrite boolean default=false
  param MemUtilization readOnly unsignedInt range=..100 unit=percent ignore
  param PollingInterval readWrite unsignedInt unit=seconds
  param CriticalRiseThreshold readWrite unsignedInt range=..100 unit=percent default=80
  param CriticalFallThreshold readWrite unsignedInt range=..100 unit=percent default=60
  param CriticalRiseTimeStamp readOnly dateTime
  param CriticalFallTimeStamp readOnly dateTime
  event MemoryCriticalState!
    arg MemUtilization unsignedInt range=..100 unit=percent

object Device.DeviceInfo.ProcessStatus. readOnly
  param CPUUsage readOnly unsignedInt range=..100 unit=percent ignore
  param CPUNumberOfEntries readOnly unsignedInt
  param ProcessNumberOfEntries readOnly unsignedInt

object Device.DeviceInfo.ProcessStatus.CPU.{i}. readOnly key Name key Alias!
  desc "A processor, and when it is too busy."
  param Alias writeOnce string len=..64 type=Alias
  param Name readOnly string len=..256
  param Enable readWrite boolean default=false
  param UpTime readOnly unsignedInt unit=seconds ignore
  param UserModeUtilization readOnly unsignedInt range=..100 unit=percent ignore
  param SystemModeUtilization readOnly unsignedInt range=..100 unit=percent ignore
  param IdleModeUtilization readOnly unsignedInt range=..100 unit=percent ignore
  param CPUUtilization readOnly unsignedInt range=..100 unit=percent ignore
  param PollInterval readWrite unsignedInt unit=seconds default=5
  param NumSamples readWrite unsignedInt range=1..300 default=30
  param CriticalRiseThreshold readWrite unsignedInt range=..100 unit=percent default=80
  param CriticalFallThreshold readWrite unsignedInt range=..100 unit=percent default=60
  param CriticalRiseTimeStamp readOnly dateTime
  param CriticalFallTimeStamp readOnly dateTime
  event CPUCriticalState!
    arg CPUUtilization unsignedInt range=..100 unit=percent
    arg Name string len=..256

object Device.DeviceInfo.ProcessStatus.Process.{i}. readOnly key PID
  param PID readOnly unsignedInt
  param Command readOnly string len=..256
  param Size readOnly unsignedInt unit=KiB ignore
  param Priority readOnly unsignedInt range=..99
  param CPUTime readOnly unsignedInt unit=milliseconds ignore
  param State readOnly string enum=Running|Sleeping|Stopped|Idle|Uninterruptible|Zombie default=Sleeping

object Device.DeviceInfo.Processor.{i}. readOnly key Alias!
  desc "A processor, and which programs it is for."
  param Alias writeOnce string len=..64 type=Alias
  param Architecture readOnly string enum=arm|i386|m68010|m68k|mipseb|mipsel|powerpc|sh3eb|sh3el|x86_64

object Device.DeviceInfo.TemperatureStatus. readOnly
  param TemperatureSensorNumberOfEntries readOnly unsignedInt

object Device.DeviceInfo.TemperatureStatus.TemperatureSensor.{i}. readOnly key Name key Alias!
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean
  param Status readOnly string enum=Disabled|Enabled|Error default=Disabled
  param ResetTime readOnly dateTime
  param Name readOnly string len=..256
  param Value readOnly int range=-274.. unit="degrees celsius"
  param LastUpdate readOnly dateTime ignore
  param MinValue readOnly int range=-274.. unit="degrees celsius"
  param MinTime readOnly dateTime
  param MaxValue readOnly int range=-274.. unit="degrees celsius"
  param MaxTime readOnly dateTime
  param LowAlarmValue readWrite int range=-274.. unit="degrees celsius"
  param LowAlarmTime readOnly dateTime
  param HighAlarmValue readWrite int range=-274.. unit="degrees celsius"
  param PollingInterval readWrite unsignedInt unit=seconds
  param HighAlarmTime readOnly dateTime
  command Reset() sync

object Device.DeviceInfo.NetworkProperties. readOnly
  param MaxTCPWindowSize readOnly unsignedInt unit=bytes
  param TCPImplementation readOnly string list enum=Tahoe|Reno|Vegas

object Device.DeviceInfo.FirmwareImage.{i}. readOnly key Alias!
  desc "A place that can hold a firmware image."
  param Alias writeOnce string len=..64 type=Alias
  param Name readOnly string len=..64
  param Version readOnly string len=..64
  param Available readWrite boolean
  param Status readOnly string enum=NoImage|Active|Downloading|Validating|Available|DownloadFailed|ValidationFailed|InstallationFailed|ActivationFailed default=NoImage
  param BootFailureLog readOnly string
  command Download() async
    in URL string len=..2048 type=URL mandatory
    in AutoActivate boolean mandatory
    in Username string len=..256
    in Password string len=..256
    in FileSize unsignedInt
    in CheckSumAlgorithm string enum=SHA-1|SHA-224|SHA-256|SHA-384|SHA-512
    in CheckSum hexBinary
  command Activate() async
    in TimeWindow.{i}.Start unsignedInt unit=seconds
    in TimeWindow.{i}.End unsignedInt unit=seconds
    in TimeWindow.{i}.Mode string enum=AnyTime|Immediately|WhenIdle|ConfirmationNeeded
    in TimeWindow.{i}.UserMessage string
    in TimeWindow.{i}.MaxRetries int range=-1..10

object Device.DeviceInfo.VendorConfigFile.{i}. readOnly key Alias!
  desc "A configuration that the device can give away whole, and take back."
  param Alias writeOnce string len=..64 type=Alias
  param Name readOnly string len=..64
  param Version readOnly string len=..16
  param Date readOnly dateTime
  param Description readOnly string len=..256
  param UseForBackupRestore readOnly boolean
  command Backup() async
    in URL string len=..2048 type=URL mandatory
    in Username string len=..256 mandatory
    in Password string len=..256 mandatory
  command Restore() async
    in URL string len=..2048 type=URL mandatory
    in Username string len=..256 mandatory
    in Password string len=..256 mandatory
    in FileSize unsignedInt
    in TargetFileName string len=..256
    in CheckSumAlgorithm string enum=SHA-1|SHA-224|SHA-256|SHA-384|SHA-512
    in CheckSum hexBinary

object Device.DeviceInfo.VendorLogFile.{i}. readOnly key Alias!
  desc "A log that the device can give away."
  param Alias writeOnce string len=..64 type=Alias
  param Name readOnly string len=..64
  param MaximumSize readOnly unsignedInt unit=bytes
  param Persistent readOnly boolean
  command Upload() async
    in URL string len=..2048 type=URL mandatory
    in Username string len=..256 mandatory
    in Password string len=..256 mandatory

object Device.Time. readOnly
  desc "Clock and time zone."
  param Enable readWrite boolean
  param Status readOnly string enum=Disabled|Unsynchronized|Synchronized|Error default=Disabled
  param CurrentLocalTime readOnly dateTime ignore
  param LocalTimeZone readWrite string len=..256
  param ClientNumberOfEntries readOnly unsignedInt
  param ServerNumberOfEntries readOnly unsignedInt

object Device.Time.Client.{i}. addDelete key Alias!
  param Enable readWrite boolean
  param Status readOnly string enum=Disabled|Unsynchronized|Synchronized|Error_FailedToSynchronize|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param Mode readWrite string enum=Unicast|Broadcast|Multicast|Manycast default=Unicast
  param Port readWrite unsignedInt range=1..65535 default=123
  param IPVersion readWrite int range=4..4,6..6,-1..-1 default=-1
  param Version readWrite unsignedInt range=1..4 default=4
  param Servers readWrite string list
  param MinPoll readWrite unsignedInt unit=seconds default=6
  param MaxPoll readWrite unsignedInt unit=seconds default=10
  param IBurst readWrite boolean
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.

object Device.Time.Client.{i}.Stats. readOnly
  param PacketsSent readOnly unsignedInt type=StatsCounter32 ignore
  param PacketsSentFailed readOnly unsignedInt type=StatsCounter32 ignore
  param PacketsReceived readOnly unsignedInt type=StatsCounter32 ignore
  param PacketsDropped readOnly unsignedInt type=StatsCounter32 ignore

object Device.Time.Server.{i}. addDelete key Alias!
  desc "Tells the time to devices at home."
  param Enable readWrite boolean
  param Status readOnly string enum=Up|Down|Error default=Down
  param Alias writeOnce string len=..64 type=Alias
  param Mode readWrite string enum=Unicast|Broadcast|Multicast|Manycast default=Unicast
  param Version readWrite unsignedInt range=1..4 default=4
  param Port readWrite unsignedInt range=1..65535 default=123
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param MinPoll readWrite unsignedInt unit=seconds default=6
  param MaxPoll readWrite unsignedInt unit=seconds default=10
  param TTL readWrite unsignedInt range=1..255 default=255

object Device.Time.Server.{i}.Stats. readOnly
  param PacketsSent readOnly unsignedInt type=StatsCounter32 ignore
  param PacketsSentFailed readOnly unsignedInt type=StatsCounter32 ignore
  param PacketsReceived readOnly unsignedInt type=StatsCounter32 ignore
  param PacketsDropped readOnly unsignedInt type=StatsCounter32 ignore

object Device.LocalAgent. readOnly
  desc "This USP agent."
  param EndpointID readOnly string
  param SoftwareVersion readOnly string len=..64
  param UpTime readOnly unsignedInt unit=seconds ignore
  param SupportedProtocols readOnly string list enum=WebSocket|STOMP|MQTT|UDS
  param SupportedFingerprintAlgorithms readOnly string list enum=SHA-1|SHA-224|SHA-256|SHA-384|SHA-512
  param MaxSubscriptionChangeAdoptionTime readWrite unsignedInt range=5.. unit=seconds default=5
  param MTPNumberOfEntries readOnly unsignedInt
  param ControllerNumberOfEntries readOnly unsignedInt
  param CertificateNumberOfEntries readOnly unsignedInt
  param SubscriptionNumberOfEntries readOnly unsignedInt
  param RequestNumberOfEntries readOnly unsignedInt
  param ThresholdNumberOfEntries readOnly unsignedInt
  param WatchdogNumberOfEntries readOnly unsignedInt
  param SupportedThresholdOperator readOnly string list enum=Rise|Fall|Cross|Eq|NotEq
  param SupportedNumberOfSubscriptions readOnly int default=-1
  command AddCertificate() sync
    in Alias string len=..64 type=Alias
    in Certificate string len=..65535 mandatory
  event Periodic!
  event TransferComplete!
    arg Command string
    arg CommandKey string
    arg Requestor string
    arg TransferType string enum=Download|Upload
    arg Affected string
    arg TransferURL string len=..2048 type=URL
    arg StartTime dateTime
    arg CompleteTime dateTime
    arg FaultCode unsignedInt
    arg FaultString string len=..256
    arg CheckSumAlgorithm string enum=SHA-1|SHA-224|SHA-256|SHA-384|SHA-512|Unknown
    arg CheckSum hexBinary

object Device.LocalAgent.MTP.{i}. addDelete key Alias!
  desc "A transport on which this agent can be reached or reaches out."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Up|Down|Error default=Down
  param Protocol readWrite string enum=WebSocket|STOMP|MQTT|UDS default=WebSocket

object Device.LocalAgent.MTP.{i}.STOMP. readOnly
  param Reference readWrite string ref=strong:Device.STOMP.Connection.{i}.
  param Destination readWrite string
  param DestinationFromServer readOnly string

object Device.LocalAgent.MTP.{i}.WebSocket. readOnly
  param Interfaces readWrite string list ref=strong:Device.IP.Interface.{i}.
  param Port readWrite unsignedInt range=1..65535 default=8443
  param Path readWrite string
  param EnableEncryption readWrite boolean default=true
  param KeepAliveInterval readWrite unsignedInt range=1.. unit=seconds default=60

object Device.LocalAgent.MTP.{i}.MQTT. readOnly
  param Reference readWrite string ref=strong:Device.MQTT.Client.{i}.
  param ResponseTopicConfigured readWrite string len=..65535
  param ResponseTopicDiscovered readOnly string len=..65535
  param PublishQoS readWrite unsignedInt range=0..2 default=1

object Device.LocalAgent.MTP.{i}.UDS. readOnly
  param UnixDomainSocketRef readWrite string ref=strong:Device.UnixDomainSockets.UnixDomainSocket.{i}.

object Device.LocalAgent.Controller.{i}. addDelete key EndpointID key Alias!
  desc "A controller that this agent knows."
  param Alias writeOnce string len=..64 type=Alias
  param EndpointID readWrite string
  param ControllerCode readWrite string len=..128
  param ProvisioningCode readWrite string len=..64
  param Enable readWrite boolean default=false
  param AssignedRole readWrite string list ref=strong:Device.LocalAgent.ControllerTrust.Role.{i}.
  param InheritedRole readOnly string list ref=strong:Device.LocalAgent.ControllerTrust.Role.{i}.
  param Credential readWrite string list ref=strong:Device.LocalAgent.Certificate.{i}.
  param PeriodicNotifInterval readWrite unsignedInt range=1.. unit=seconds default=86400
  param PeriodicNotifTime readWrite dateTime default=0001-01-01T00:00:00Z
  param USPNotifRetryMinimumWaitInterval readWrite unsignedInt range=1..65535 unit=seconds default=5
  param USPNotifRetryIntervalMultiplier readWrite unsignedInt range=1000..65535 default=2000
  param MTPNumberOfEntries readOnly unsignedInt
  param BootParameterNumberOfEntries readOnly unsignedInt
  param OnBoardingComplete readWrite boolean default=false
  param OnBoardingRestartTime readWrite unsignedInt unit=seconds default=0
  command AddMyCertificate() sync
    in Alias string len=..64 type=Alias
    in Certificate string len=..65535 mandatory
  command SendOnBoardRequest() sync

object Device.LocalAgent.Controller.{i}.MTP.{i}. addDelete key Protocol key Alias!
  desc "A way to that controller."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean default=false
  param Protocol readWrite string enum=WebSocket|STOMP|MQTT|UDS default=WebSocket
  param Order readWrite unsignedInt range=1.. default=0

object Device.LocalAgent.Controller.{i}.MTP.{i}.STOMP. readOnly
  param Reference readWrite string ref=strong:Device.STOMP.Connection.{i}.
  param Destination readWrite string

object Device.LocalAgent.Controller.{i}.MTP.{i}.WebSocket. readOnly
  param Host readWrite string len=..256
  param Port readWrite unsignedInt range=1..65535 default=443
  param Path readWrite string
  param EnableEncryption readWrite boolean default=true
  param KeepAliveInterval readWrite unsignedInt range=1.. unit=seconds default=60
  param CurrentRetryCount readOnly unsignedInt
  param SessionRetryMinimumWaitInterval readWrite unsignedInt range=1..65535 unit=seconds default=5
  param SessionRetryIntervalMultiplier readWrite unsignedInt range=1000..65535 default=2000
  command Reset() sync

object Device.LocalAgent.Controller.{i}.MTP.{i}.MQTT. readOnly
  param Topic readWrite string len=..65535
  param PublishRetainResponse readWrite boolean default=false
  param PublishRetainNotify readWrite boolean default=false
  param AgentMTPReference readWrite string ref=strong:Device.LocalAgent.MTP.{i}.

object Device.LocalAgent.Controller.{i}.MTP.{i}.UDS. readOnly
  param UnixDomainSocketRef readWrite string ref=strong:Device.UnixDomainSockets.UnixDomainSocket.{i}.
  param USPServiceRef readOnly string ref=weak

object Device.LocalAgent.Controller.{i}.TransferCompletePolicy. readOnly
  param ResultTypeFilter readWrite string enum=Success|Failure|Both default=Both

object Device.LocalAgent.Controller.{i}.BootParameter.{i}. addDelete key ParameterName key Alias!
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean default=false
  param ParameterName readWrite string len=..256

object Device.LocalAgent.Controller.{i}.E2ESession. readOnly
  param SessionMode readWrite string enum=Require|Allow|Forbid default=Allow
  param Status readOnly string enum=Up|Negotiating|Down default=Down
  param SessionExpiration readWrite unsignedInt unit=seconds default=0
  param SessionRetryMinimumWaitInterval readWrite unsignedInt range=1..65535 unit=seconds default=5
  param SessionRetryIntervalMultiplier readWrite unsignedInt range=1000..65535 default=2000
  param CurrentRetryCount readOnly unsignedInt
  param MaxUSPRecordSize readWrite unsignedInt range=0..0,512.. unit=bytes default=0
  param MaxRetransmitTries readWrite int range=-1..10 default=0
  param PayloadSecurity readWrite string enum=Plaintext|TLS default=TLS
  command Reset() sync

object Device.LocalAgent.Certificate.{i}. readOnly key SerialNumber,Issuer key Alias!
  desc "A certificate that this agent trusts or uses."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean
  param SerialNumber readOnly string len=..64
  param Issuer readOnly string len=..256
  command Delete() sync
  command GetFingerprint() sync
    in FingerprintAlgorithm string enum=SHA-1|SHA-224|SHA-256|SHA-384|SHA-512 mandatory
    out Fingerprint hexBinary len=..128

object Device.LocalAgent.ControllerTrust. readOnly
  param UntrustedRole readWrite string list ref=strong:Device.LocalAgent.ControllerTrust.Role.{i}.
  param BannedRole readWrite string ref=strong:Device.LocalAgent.ControllerTrust.Role.{i}.
  param SecuredRoles readWrite string list ref=strong:Device.LocalAgent.ControllerTrust.Role.{i}.
  param TOFUAllowed readWrite boolean
  param TOFUInactivityTimer readWrite unsignedInt unit=seconds
  param RoleNumberOfEntries readOnly unsignedInt
  param CredentialNumberOfEntries readOnly unsignedInt
  param ChallengeNumberOfEntries readOnly unsignedInt
  command RequestChallenge() sync
    in ChallengeRef string mandatory
    in RequestExpiration int range=0.. unit=seconds
    out Instruction base64
    out InstructionType string
    out ValueType string
    out ChallengeID string
  command ChallengeResponse() sync
    in ChallengeID string mandatory
    in Value base64 mandatory

object Device.LocalAgent.ControllerTrust.Role.{i}. addDelete key Name key Alias!
  desc "A set of permissions that controllers may have."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean default=false
  param Name readWrite string
  param PermissionNumberOfEntries readOnly unsignedInt

object Device.LocalAgent.ControllerTrust.Role.{i}.Permission.{i}. addDelete key Order key Alias!
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean default=false
  param Order readWrite unsignedInt default=0
  param Targets readWrite string list
  param Param readWrite string len=4..4 default=----
  param Obj readWrite string len=4..4 default=----
  param InstantiatedObj readWrite string len=4..4 default=----
  param CommandEvent readWrite string len=4..4 default=----

object Device.LocalAgent.ControllerTrust.Credential.{i}. addDelete key Credential key Alias!
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean default=false
  param Role readWrite string list ref=strong:Device.LocalAgent.ControllerTrust.Role.{i}.
  param Credential readWrite string ref=strong:Device.LocalAgent.Certificate.{i}.
  param AllowedUses readWrite string enum=MTP-only|MTP-and-USP|MTP-and-broker default=MTP-and-USP

object Device.LocalAgent.ControllerTrust.Challenge.{i}. addDelete key Alias!
  param Alias writeOnce string len=..64 type=Alias
  param Description readWrite string
  param Role readWrite string list ref=strong:Device.LocalAgent.ControllerTrust.Role.{i}.
  param Enable readWrite boolean default=false
  param Type readWrite string enum=Passphrase default=Passphrase
  param Value readWrite base64 secured
  param ValueType readWrite string enum=text/plain|image/jpeg default="text/plain"
  param Instruction readWrite base64
  param InstructionType readWrite string enum=text/plain|image/jpeg|text/html default="text/plain"
  param Retries readWrite unsignedInt
  param LockoutPeriod readWrite int range=0.. unit=seconds default=30

object Device.LocalAgent.Subscription.{i}. addDelete key Alias! key Recipient,ID!
  desc "What a controller wants to be told."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean default=false
  param Recipient readOnly string ref=strong:Device.LocalAgent.Controller.{i}.
  param TriggerAction readWrite string enum=Notify|Config|NotifyAndConfig default=Notify
  param TriggerConfigSettings readWrite string list
  param ID readWrite string len=1..64
  param CreationDate readOnly dateTime
  param NotifType readWrite string enum=ValueChange|ObjectCreation|ObjectDeletion|OperationComplete|Event default=ValueChange
  param ReferenceList readWrite string list len=..256
  param Persistent readWrite boolean default=false
  param TimeToLive readWrite unsignedInt unit=seconds default=0
  param NotifRetry readWrite boolean default=false
  param NotifExpiration readWrite unsignedInt unit=seconds default=0

object Device.LocalAgent.Request.{i}. readOnly key Originator,Command,CommandKey key Alias!
  desc "An asynchronous command on its way."
  param Alias writeOnce string len=..64 type=Alias
  param Originator readOnly string
  param Command readOnly string
  param CommandKey readOnly string
  param Status readOnly string enum=Requested|Active|Canceling|Canceled|Success|Error default=Requested
  command Cancel() sync

object Device.LocalAgent.Threshold.{i}. addDelete key Alias!
  desc "Raises an event when a parameter passes a value."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean default=false
  param OperatingMode readWrite string enum=Normal|Single default=Normal
  param ReferencePath readWrite string
  param ThresholdParam readWrite string
  param ThresholdOperator readWrite string default=Rise
  param ThresholdValue readWrite string
  param Controller readOnly string ref=strong:Device.LocalAgent.Controller.{i}.
  event Triggered!
    arg ParamPath string
    arg ParamValue string

object Device.LocalAgent.Watchdog.{i}. addDelete key Alias!
  desc "Raises an event when nobody resets it in time."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean default=false
  param ReloadTimerValue readWrite unsignedInt unit=seconds
  param RemainingTimerValue readOnly unsignedInt unit=seconds ignore
  param Status readOnly string enum=Inactive|Active|Expired default=Inactive
  param Reference readWrite string
  param SeverityIndication readWrite string enum=Info|Minor|Major|Critical default=Info
  param Controller readOnly string ref=strong:Device.LocalAgent.Controller.{i}.
  command Reset() sync
  event Watchdog!
    arg Reference string
    arg ReloadTimerValue unsignedInt unit=seconds
    arg SeverityIndication string

object Device.WiFi. readOnly
  param RadioNumberOfEntries readOnly unsignedInt
  param SSIDNumberOfEntries readOnly unsignedInt
  param AccessPointNumberOfEntries readOnly unsignedInt
  param ResetCounter readOnly unsignedInt type=StatsCounter32 ignore
  param ResetCause readOnly string enum=HostReinit|SpontaneousInterrupt|LossOfPower default=LossOfPower
  command NeighboringWiFiDiagnostic() async
    out Status string enum=Canceled|Complete|Error
    out Result.{i}.Radio string
    out Result.{i}.SSID string len=..32
    out Result.{i}.BSSID string len=..17 pattern="(([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})?" type=MACAddress
    out Result.{i}.Mode string enum=AdHoc|Infrastructure
    out Result.{i}.Channel unsignedInt range=1..255
    out Result.{i}.SignalStrength int range=-200..0 unit=dBm
    out Result.{i}.SecurityModeEnabled string enum=None|WEP|WPA|WPA2|WPA-WPA2|WPA-Enterprise|WPA2-Enterprise|WPA-WPA2-Enterprise|WPA3-SAE|WPA2-PSK-WPA3-SAE|WPA3-Enterprise|OWE
    out Result.{i}.EncryptionMode string list enum=TKIP|AES
    out Result.{i}.OperatingFrequencyBand string enum=2.4GHz|5GHz|6GHz
    out Result.{i}.SupportedStandards string list enum=a|b|g|n|ac|ax|be
    out Result.{i}.OperatingStandards string list enum=a|b|g|n|ac|ax|be
    out Result.{i}.OperatingChannelBandwidth string enum=20MHz|40MHz|80MHz|160MHz|320MHz-1|320MHz-2|Auto
    out Result.{i}.BeaconPeriod unsignedInt unit=ms
    out Result.{i}.Noise int range=-200..0 unit=dBm
    out Result.{i}.BasicDataTransferRates string list listLen=..256
    out Result.{i}.SupportedDataTransferRates string list listLen=..256
    out Result.{i}.DTIMPeriod unsignedInt unit=ms
  command Reset() sync

object Device.WiFi.Radio.{i}. readOnly key Alias! key Name!
  desc "A radio of one frequency band."
  param Enable readWrite boolean
  param Status readOnly string enum=Up|Down|Unknown|Dormant|NotPresent|LowerLayerDown|Error default=Down
  param Alias writeOnce string len=..64 type=Alias
  param Name readOnly string len=..64
  param LastChange readOnly unsignedInt unit=seconds ignore
  param MaxBitRate readOnly unsignedInt unit=Mbps
  param Upstream readOnly boolean
  param SupportedFrequencyBands readOnly string list enum=2.4GHz|5GHz|6GHz
  param OperatingFrequencyBand readWrite string enum=2.4GHz|5GHz|6GHz default=2.4GHz
  param SupportedStandards readOnly string list enum=a|b|g|n|ac|ax|be
  param OperatingStandards readWrite string list enum=a|b|g|n|ac|ax|be
  param PossibleChannels readOnly string list listLen=..1024
  param ChannelsInUse readOnly string list listLen=..1024
  param Channel readWrite unsignedInt range=1..255 default=1
  param AutoChannelSupported readOnly boolean
  param AutoChannelEnable readWrite boolean
  param AutoChannelRefreshPeriod readWrite unsignedInt unit=seconds
  param ChannelLastChange readOnly unsignedInt unit=seconds ignore
  param ChannelLastSelectionReason readOnly string enum=Manual|Auto_Startup|Auto_User|Auto_Refresh|Auto_Dynamic|Auto_DFS|Unknown default=Unknown
  param MaxSupportedSSIDs readOnly unsignedInt range=1.. default=1
  param MaxSupportedAssociations readOnly unsignedInt range=1.. default=1
  param FirmwareVersion readOnly string len=..64
  param SupportedOperatingChannelBandwidths readOnly string list enum=20MHz|40MHz|80MHz|160MHz|80+80MHz|320MHz-1|320MHz-2|Auto
  param OperatingChannelBandwidth readWrite string enum=20MHz|40MHz|80MHz|160MHz|80+80MHz|320MHz-1|320MHz-2|Auto default=Auto
  param CurrentOperatingChannelBandwidth readOnly string enum=20MHz|40MHz|80MHz|160MHz|80+80MHz|320MHz-1|320MHz-2 default=20MHz
  param ExtensionChannel readWrite string enum=AboveControlChannel|BelowControlChannel|Auto default=Auto
  param GuardInterval readWrite string enum=400nsec|800nsec|1xLTF_0.8us|1xLTF_1.6us|2xLTF_0.8us|2xLTF_1.6us|4xLTF_0.8us|4xLTF_3.2us|Auto default=Auto
  param TransmitPowerSupported readOnly int list listLen=..64 range=-1..100 unit=percentage
  param TransmitPower readWrite int range=-1..100 unit=percentage default=100
  param IEEE80211hSupported readOnly boolean
  param IEEE80211hEnabled readWrite boolean
  param RegulatoryDomain readWrite string len=3..3 pattern="[A-Z][A-Z][ OI]" default="DE "
  param RTSThreshold readWrite unsignedInt unit=octets default=2347
  param BeaconPeriod readWrite unsignedInt unit=milliseconds default=100
  param DTIMPeriod readWrite unsignedInt unit=ms default=2
  param PacketAggregationEnable readWrite boolean
  param EnableRRM readWrite boolean

object Device.WiFi.Radio.{i}.Stats. readOnly
  param BytesSent readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param BytesReceived readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param PacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param PacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param ErrorsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param ErrorsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param FrameHeaderError readOnly unsignedLong type=StatsCounter64 ignore
  param GoodPLCPReceived readOnly unsignedLong type=StatsCounter64 ignore
  param DPacketOtherMACReceived readOnly unsignedLong type=StatsCounter64 ignore
  param MPacketOtherMACReceived readOnly unsignedLong type=StatsCounter64 ignore
  param CPacketOtherMACReceived readOnly unsignedLong type=StatsCounter64 ignore
  param PLCPErrorCount readOnly unsignedInt ignore
  param FCSErrorCount readOnly unsignedInt ignore
  param InvalidMACCount readOnly unsignedInt ignore
  param PacketsOtherReceived readOnly unsignedInt ignore
  param Noise readOnly int unit=dBm ignore
  param TotalChannelChangeCount readOnly unsignedInt
  param ManualChannelChangeCount readOnly unsignedInt
  param AutoStartupChannelChangeCount readOnly unsignedInt
  param AutoUserChannelChangeCount readOnly unsignedInt
  param AutoRefreshChannelChangeCount readOnly unsignedInt
  param AutoDynamicChannelChangeCount readOnly unsignedInt
  param AutoDFSChannelChangeCount readOnly unsignedInt
  command Reset() sync

object Device.WiFi.SSID.{i}. addDelete key Alias! key Name! key BSSID
  desc "A wireless network on a radio."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Up|Down|Unknown|Dormant|NotPresent|LowerLayerDown|Error default=Down
  param Alias writeOnce string len=..64 type=Alias
  param Name readOnly string len=..64
  param LastChange readOnly unsignedInt unit=seconds ignore
  param LowerLayers readWrite string list ref=strong:Device.WiFi.Radio.{i}.
  param Upstream readOnly boolean
  param BSSID readOnly string len=..17 pattern="(([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})?" type=MACAddress
  param MACAddress readOnly string len=..17 pattern="(([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})?" type=MACAddress
  param SSID readWrite string len=..32 default=Pharos

object Device.WiFi.SSID.{i}.Stats. readOnly
  param BytesSent readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param BytesReceived readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param PacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param PacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param ErrorsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param ErrorsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param UnicastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param UnicastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param MulticastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param MulticastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param BroadcastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param BroadcastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param UnknownProtoPacketsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param RetransCount readOnly unsignedInt ignore
  param FailedRetransCount readOnly unsignedInt ignore
  param RetryCount readOnly unsignedInt ignore
  param MultipleRetryCount readOnly unsignedInt ignore
  param ACKFailureCount readOnly unsignedInt ignore
  param AggregatedPacketCount readOnly unsignedInt ignore
  param DiscardPacketsSentBufOverflow readOnly unsignedLong type=StatsCounter64 ignore
  param DiscardPacketsSentNoAssoc readOnly unsignedLong type=StatsCounter64 ignore
  param FragSent readOnly unsignedLong type=StatsCounter64 ignore
  param SentNoAck readOnly unsignedLong type=StatsCounter64 ignore
  param DupReceived readOnly unsignedLong type=StatsCounter64 ignore
  param TooLongReceived readOnly unsignedLong type=StatsCounter64 ignore
  param TooShortReceived readOnly unsignedLong type=StatsCounter64 ignore
  param AckUcastReceived readOnly unsignedLong type=StatsCounter64 ignore
  command Reset() sync

object Device.WiFi.AccessPoint.{i}. addDelete key Alias! key SSIDReference
  desc "The access side of a wireless network."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param SSIDReference readWrite string len=..256 ref=strong:Device.WiFi.SSID.{i}.
  param SSIDAdvertisementEnabled readWrite boolean default=true
  param WMMCapability readOnly boolean
  param UAPSDCapability readOnly boolean
  param WMMEnable readWrite boolean
  param UAPSDEnable readWrite boolean
  param AssociatedDeviceNumberOfEntries readOnly unsignedInt
  param IsolationEnable readWrite boolean
  param MACAddressControlEnabled readWrite boolean
  param AllowedMACAddress readWrite string list len=..17 pattern="(([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})?" type=MACAddress
  param MaxAllowedAssociations readWrite unsignedInt
  param CpeOperationMode readWrite string enum=Router|Bridge/Extender default=Router

object Device.WiFi.AccessPoint.{i}.Security. readOnly
  param ModesSupported readOnly string list enum=None|WPA-Personal|WPA2-Personal|WPA3-Personal|WPA-WPA2-Personal|WPA3-Personal-Transition|WPA-Enterprise|WPA2-Enterprise|WPA3-Enterprise|WPA-WPA2-Enterprise|OWE
  param ModeEnabled readWrite string enum=None|WPA-Personal|WPA2-Personal|WPA3-Personal|WPA-WPA2-Personal|WPA3-Personal-Transition|WPA-Enterprise|WPA2-Enterprise|WPA3-Enterprise|WPA-WPA2-Enterprise|OWE default=WPA2-Personal
  param EncryptionMode readWrite string list enum=TKIP|AES
  param PreSharedKey readWrite hexBinary len=..32 secured
  param KeyPassphrase readWrite string len=8..63 default=change-me-please secured
  param RekeyingInterval readWrite unsignedInt unit=seconds default=3600
  param SAEPassphrase readWrite string secured
  param RadiusServerIPAddr readWrite string len=..45 type=IPAddress
  param RadiusServerPort readWrite unsignedInt default=1812
  param RadiusSecret readWrite string secured
  param SecondaryRadiusServerIPAddr readWrite string len=..45 type=IPAddress
  param SecondaryRadiusServerPort readWrite unsignedInt default=1812
  param SecondaryRadiusSecret readWrite string secured
  param MFPConfig readWrite string enum=Disabled|Optional|Required default=Disabled
  command Reset() sync

object Device.WiFi.AccessPoint.{i}.WPS. readOnly
  desc "Lets devices join at the push of a button."
  param Enable readWrite boolean default=true
  param ConfigMethodsSupported readOnly string list enum=USBFlashDrive|Ethernet|Label|Display|ExternalNFCToken|IntegratedNFCToken|NFCInterface|PushButton|PIN|PhysicalPushButton|PhysicalDisplay|VirtualPushButton|VirtualDisplay
  param ConfigMethodsEnabled readWrite string list
  param Status readOnly string enum=Disabled|Error|Unconfigured|Configured|SetupLocked default=Disabled
  param Version readOnly string
  param PIN readWrite string len=..8 pattern="([0-9]{4}|[0-9]{8})?" secured
  command InitiateWPSPBC() async
    out Status string enum=Success|Error_Not_Ready|Error_Timeout|Error_Other

object Device.WiFi.AccessPoint.{i}.Accounting. readOnly
  desc "Tells a RADIUS server who uses the network."
  param Enable readWrite boolean
  param ServerIPAddr readWrite string len=..45 type=IPAddress
  param SecondaryServerIPAddr readWrite string len=..45 type=IPAddress
  param ServerPort readWrite unsignedInt default=1813
  param SecondaryServerPort readWrite unsignedInt default=1813
  param Secret readWrite string secured
  param SecondarySecret readWrite string secured
  param InterimInterval readWrite unsignedInt range=0..0,60.. unit=seconds default=0

object Device.WiFi.AccessPoint.{i}.AssociatedDevice.{i}. readOnly key MACAddress
  desc "A station that is associated now."
  param MACAddress readOnly string len=..17 pattern="(([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})?" type=MACAddress
  param Type readOnly string
  param OperatingStandard readOnly string enum=a|b|g|n|ac|ax|be default=n
  param AuthenticationState readOnly boolean
  param LastDataDownlinkRate readOnly unsignedInt range=1000.. unit=kbps default=1000 ignore
  param MaxSupportedDataDownlinkRate readOnly unsignedInt range=1000.. unit=kbps default=1000
  param LastDataUplinkRate readOnly unsignedInt range=1000.. unit=kbps default=1000 ignore
  param MaxSupportedDataUplinkRate readOnly unsignedInt range=1000.. unit=kbps default=1000
  param AssociationTime readOnly dateTime
  param SignalStrength readOnly int range=-200..0 unit=dBm ignore
  param Noise readOnly int range=-200..0 unit=dBm ignore
  param SNR readOnly unsignedInt unit=dB ignore
  param Retransmissions readOnly unsignedInt range=0..100 unit=packets ignore
  param Active readOnly boolean
  param MaxSupportedBandwidth readOnly string enum=20MHz|40MHz|80MHz|160MHz|320MHz|Unknown default=Unknown

object Device.WiFi.AccessPoint.{i}.AssociatedDevice.{i}.Stats. readOnly
  param BytesSent readOnly unsignedLong type=StatsCounter64 ignore
  param BytesReceived readOnly unsignedLong type=StatsCounter64 ignore
  param PacketsSent readOnly unsignedLong type=StatsCounter64 ignore
  param PacketsReceived readOnly unsignedLong type=StatsCounter64 ignore
  param ErrorsSent readOnly unsignedInt type=StatsCounter32 ignore
  param ErrorsReceived readOnly unsignedInt type=StatsCounter32 ignore
  param RetransCount readOnly unsignedInt type=StatsCounter32 ignore
  param FailedRetransCount readOnly unsignedInt type=StatsCounter32 ignore
  param RetryCount readOnly unsignedInt type=StatsCounter32 ignore
  param MultipleRetryCount readOnly unsignedInt type=StatsCounter32 ignore

object Device.Ethernet. readOnly
  param FlowControlSupported readOnly boolean
  param InterfaceNumberOfEntries readOnly unsignedInt
  param LinkNumberOfEntries readOnly unsignedInt
  param VLANTerminationNumberOfEntries readOnly unsignedInt

object Device.Ethernet.Interface.{i}. readOnly key Alias! key Name!
  desc "A wired port."
  param Enable readWrite boolean
  param Status readOnly string enum=Up|Down|Unknown|Dormant|NotPresent|LowerLayerDown|Error default=Down
  param Alias writeOnce string len=..64 type=Alias
  param Name readOnly string len=..64
  param LastChange readOnly unsignedInt unit=seconds ignore
  param Upstream readOnly boolean
  param MaxBitRate readWrite int range=-1.. unit=Mbps default=-1
  param MACAddress readOnly string len=..17 pattern="(([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})?" type=MACAddress
  param CurrentBitRate readOnly unsignedInt unit=Mbps
  param DuplexMode readWrite string enum=Half|Full|Auto default=Auto
  param CurrentDuplexMode readOnly string enum=Unknown|Half|Full default=Unknown
  param EEECapability readOnly boolean
  param EEEEnable readWrite boolean
  param EEEStatus readOnly string enum=Disabled|Active|Inactive|Unsupported default=Unsupported

object Device.Ethernet.Interface.{i}.Stats. readOnly
  param BytesSent readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param BytesReceived readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param PacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param PacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param ErrorsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param ErrorsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param UnicastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param UnicastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param MulticastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param MulticastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param BroadcastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param BroadcastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param UnknownProtoPacketsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param Collisions readOnly unsignedLong type=StatsCounter64 ignore
  command Reset() sync

object Device.Ethernet.Link.{i}. addDelete key Alias! key Name! key MACAddress
  desc "The link layer over ports, bridges or wireless networks."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Up|Down|Unknown|Dormant|NotPresent|LowerLayerDown|Error default=Down
  param Alias writeOnce string len=..64 type=Alias
  param Name readOnly string len=..64
  param LastChange readOnly unsignedInt unit=seconds ignore
  param LowerLayers readWrite string list ref=strong:Device.Ethernet.Interface.{i}.,Device.Bridging.Bridge.{i}.Port.{i}.,Device.WiFi.SSID.{i}.
  param MTU readWrite unsignedInt unit=bytes default=1500
  param MACAddress readWrite string len=..17 pattern="(([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})?" type=MACAddress
  param PriorityTagging readWrite boolean default=false
  param FlowControl readWrite boolean default=false
  param NoARP readWrite boolean default=false

object Device.Ethernet.Link.{i}.Stats. readOnly
  param BytesSent readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param BytesReceived readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param PacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param PacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param ErrorsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param ErrorsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param UnicastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param UnicastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param MulticastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param MulticastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param BroadcastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param BroadcastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param UnknownProtoPacketsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param PausePacketsSent readOnly unsignedLong type=StatsCounter64 ignore
  param PausePacketsReceived readOnly unsignedLong type=StatsCounter64 ignore
  command Reset() sync

object Device.Ethernet.VLANTermination.{i}. addDelete key Alias! key Name!
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Up|Down|Unknown|Dormant|NotPresent|LowerLayerDown|Error default=Down
  param Alias writeOnce string len=..64 type=Alias
  param Name readOnly string len=..64
  param LastChange readOnly unsignedInt unit=seconds ignore
  param LowerLayers readWrite string list ref=strong:Device.Ethernet.Link.{i}.,Device.Ethernet.VLANTermination.{i}.
  param VLANID readWrite unsignedInt range=1..4094 default=1
  param VLANPriority readWrite int range=-1..7 default=-1
  param TPID readWrite unsignedInt default=33024

object Device.Ethernet.VLANTermination.{i}.Stats. readOnly
  param BytesSent readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param BytesReceived readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param PacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param PacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param ErrorsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param ErrorsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param UnicastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param UnicastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param MulticastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param MulticastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param BroadcastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param BroadcastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param UnknownProtoPacketsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  command Reset() sync

object Device.PPP. readOnly
  param InterfaceNumberOfEntries readOnly unsignedInt

object Device.PPP.Interface.{i}. addDelete key Alias! key Name!
  desc "A line that one dials in to."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Up|Down|Unknown|Dormant|NotPresent|LowerLayerDown|Error default=Down
  param Alias writeOnce string len=..64 type=Alias
  param Name readOnly string len=..64
  param LastChange readOnly unsignedInt unit=seconds ignore
  param LowerLayers readWrite string list ref=strong:Device.Ethernet.Link.{i}.,Device.Ethernet.VLANTermination.{i}.
  param ConnectionStatus readOnly string enum=Unconfigured|Connecting|Authenticating|Connected|PendingDisconnect|Disconnecting|Disconnected default=Disconnected
  param LastConnectionError readOnly string enum=ERROR_NONE|ERROR_ISP_TIME_OUT|ERROR_COMMAND_ABORTED|ERROR_NOT_ENABLED_FOR_INTERNET|ERROR_BAD_PHONE_NUMBER|ERROR_USER_DISCONNECT|ERROR_ISP_DISCONNECT|ERROR_IDLE_DISCONNECT|ERROR_FORCED_DISCONNECT|ERROR_SERVER_OUT_OF_RESOURCES|ERROR_RESTRICTED_LOGON_HOURS|ERROR_ACCOUNT_DISABLED|ERROR_ACCOUNT_EXPIRED|ERROR_PASSWORD_EXPIRED|ERROR_AUTHENTICATION_FAILURE|ERROR_NO_DIALTONE|ERROR_NO_CARRIER|ERROR_NO_ANSWER|ERROR_LINE_BUSY|ERROR_UNSUPPORTED_BITSPERSECOND|ERROR_TOO_MANY_LINE_ERRORS|ERROR_IP_CONFIGURATION|ERROR_UNKNOWN default=ERROR_NONE
  param Username readWrite string len=..64
  param Password readWrite string len=..64 secured
  param MaxMRUSize readWrite unsignedInt range=64..65535 default=1500
  command Reset() sync

object Device.PPP.Interface.{i}.Stats. readOnly
  param BytesSent readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param BytesReceived readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param PacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param PacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param ErrorsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param ErrorsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param UnicastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param UnicastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param MulticastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param MulticastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param BroadcastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param BroadcastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param UnknownProtoPacketsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore

object Device.PPP.Interface.{i}.PPPoE. readOnly
  param ACName readWrite string len=..256
  param ServiceName readWrite string len=..256

object Device.PPP.Interface.{i}.IPCP. readOnly
  param LocalIPAddress readOnly string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param RemoteIPAddress readOnly string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param DNSServers readOnly string list len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address

object Device.IP. readOnly
  param IPv4Capable readOnly boolean
  param IPv4Enable readWrite boolean
  param IPv4Status readOnly string enum=Disabled|Enabled|Error default=Disabled
  param IPv6Capable readOnly boolean
  param IPv6Enable readWrite boolean
  param IPv6Status readOnly string enum=Disabled|Enabled|Error default=Disabled
  param InterfaceNumberOfEntries readOnly unsignedInt

object Device.IP.Interface.{i}. addDelete key Alias! key Name!
  desc "A network interface of the IP stack."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Up|Down|Unknown|Dormant|NotPresent|LowerLayerDown|Error default=Down
  param Alias writeOnce string len=..64 type=Alias
  param Name readOnly string len=..64
  param LastChange readOnly unsignedInt unit=seconds ignore
  param LowerLayers readWrite string list ref=strong:Device.Ethernet.Link.{i}.,Device.Ethernet.VLANTermination.{i}.,Device.PPP.Interface.{i}.,Device.IP.Interface.{i}.
  param IPv4Enable readWrite boolean default=true
  param IPv6Enable readWrite boolean default=true
  param Router readWrite string len=..256 ref=strong:Device.Routing.Router.{i}.
  param MaxMTUSize readWrite unsignedInt range=64..65535 default=1500
  param Type readOnly string enum=Normal|Loopback|Tunnel|Tunneled default=Normal
  param IPv4AddressNumberOfEntries readOnly unsignedInt
  param IPv6AddressNumberOfEntries readOnly unsignedInt
  param IPv6PrefixNumberOfEntries readOnly unsignedInt
  command Reset() sync

object Device.IP.Interface.{i}.Stats. readOnly
  param BytesSent readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param BytesReceived readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param PacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param PacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param ErrorsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param ErrorsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param UnicastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param UnicastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param MulticastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param MulticastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param BroadcastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param BroadcastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param UnknownProtoPacketsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  command Reset() sync

object Device.IP.Interface.{i}.IPv4Address.{i}. addDelete key Alias! key IPAddress,SubnetMask
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param IPAddress readWrite string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param SubnetMask readWrite string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param AddressingType readOnly string enum=DHCP|IKEv2|AutoIP|IPCP|Static|3GPP-NAS default=Static

object Device.IP.Interface.{i}.IPv6Address.{i}. addDelete key Alias! key IPAddress
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param IPAddressStatus readOnly string enum=Preferred|Deprecated|Invalid|Inaccessible|Unknown|Tentative|Duplicate|Optimistic default=Invalid
  param Alias writeOnce string len=..64 type=Alias
  param IPAddress readWrite string len=..45 type=IPv6Address
  param Origin readOnly string enum=AutoConfigured|DHCPv6|IKEv2|MAP|WellKnown|3GPP-NAS|Static default=Static
  param Prefix readWrite string ref=strong:Device.IP.Interface.{i}.IPv6Prefix.{i}.
  param PreferredLifetime readWrite dateTime default=9999-12-31T23:59:59Z
  param ValidLifetime readWrite dateTime default=9999-12-31T23:59:59Z
  param Anycast readWrite boolean default=false

object Device.IP.Interface.{i}.IPv6Prefix.{i}. addDelete key Alias! key Prefix
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error default=Disabled
  param PrefixStatus readOnly string enum=Preferred|Deprecated|Invalid|Inaccessible|Unknown default=Invalid
  param Alias writeOnce string len=..64 type=Alias
  param Prefix readWrite string len=..49 type=IPv6Prefix
  param Origin readOnly string enum=AutoConfigured|PrefixDelegation|RouterAdvertisement|WellKnown|Static|Child default=Static
  param StaticType readWrite string enum=Static|Inapplicable|PrefixDelegation|Child default=Static
  param ParentPrefix readWrite string ref=strong:Device.IP.Interface.{i}.IPv6Prefix.{i}.
  param ChildPrefixBits readWrite string len=..49 type=IPv6Prefix
  param OnLink readWrite boolean default=false
  param Autonomous readWrite boolean default=false
  param PreferredLifetime readWrite dateTime default=9999-12-31T23:59:59Z
  param ValidLifetime readWrite dateTime default=9999-12-31T23:59:59Z

object Device.IP.Diagnostics. readOnly
  param IPv4PingSupported readOnly boolean
  param IPv6PingSupported readOnly boolean
  param IPv4TraceRouteSupported readOnly boolean
  param IPv6TraceRouteSupported readOnly boolean
  param IPv4DownloadDiagnosticsSupported readOnly boolean
  param IPv6DownloadDiagnosticsSupported readOnly boolean
  param IPv4UploadDiagnosticsSupported readOnly boolean
  param IPv6UploadDiagnosticsSupported readOnly boolean
  param IPv4UDPEchoDiagnosticsSupported readOnly boolean
  param IPv6UDPEchoDiagnosticsSupported readOnly boolean
  param IPv4ServerSelectionDiagnosticsSupported readOnly boolean
  param IPv6ServerSelectionDiagnosticsSupported readOnly boolean
  param DownloadTransports readOnly string list enum=HTTP|FTP
  param DownloadDiagnosticMaxConnections readOnly unsignedInt range=1.. default=1
  param DownloadDiagnosticsMaxIncrementalResult readOnly unsignedInt range=1.. default=1
  param UploadTransports readOnly string list enum=HTTP|FTP
  param UploadDiagnosticsMaxConnections readOnly unsignedInt range=1.. default=1
  param UploadDiagnosticsMaxIncrementalResult readOnly unsignedInt range=1.. default=1
  param UDPEchoDiagnosticsMaxResults readOnly unsignedInt range=1.. default=1
  command IPPing() async
    in Interface string len=..256
    in ProtocolVersion string enum=Any|IPv4|IPv6 mandatory
    in Host string len=..256 mandatory
    in NumberOfRepetitions unsignedInt range=1.. mandatory
    in Timeout unsignedInt range=1.. unit=milliseconds mandatory
    in DataBlockSize unsignedInt range=1..65535 mandatory
    in DSCP unsignedInt range=0..63
    out Status string enum=Canceled|Complete|Error|Error_CannotResolveHostName|Error_NoRouteToHost|Error_Internal|Error_Other
    out IPAddressUsed string len=..45 type=IPAddress
    out SuccessCount unsignedInt
    out FailureCount unsignedInt
    out AverageResponseTime unsignedInt unit=milliseconds
    out MinimumResponseTime unsignedInt unit=milliseconds
    out MaximumResponseTime unsignedInt unit=milliseconds
    out AverageResponseTimeDetailed unsignedInt unit=microseconds
    out MinimumResponseTimeDetailed unsignedInt unit=microseconds
    out MaximumResponseTimeDetailed unsignedInt unit=microseconds
  command TraceRoute() async
    in Interface string len=..256
    in ProtocolVersion string enum=Any|IPv4|IPv6 mandatory
    in Host string len=..256 mandatory
    in NumberOfTries unsignedInt range=1..3
    in Timeout unsignedInt range=1.. unit=milliseconds
    in DataBlockSize unsignedInt range=1..65535
    in DSCP unsignedInt range=0..63
    in MaxHopCount unsignedInt range=1..64
    out Status string enum=Canceled|Complete|Error|Error_CannotResolveHostName|Error_NoRouteToHost|Error_MaxHopCountExceeded|Error_Internal|Error_Other
    out IPAddressUsed string len=..45 type=IPAddress
    out ResponseTime unsignedInt unit=milliseconds
    out RouteHops.{i}.Host string len=..256
    out RouteHops.{i}.HostAddress string
    out RouteHops.{i}.ErrorCode unsignedInt
    out RouteHops.{i}.RTTimes unsignedInt list unit=milliseconds
  command DownloadDiagnostics() async
    in Interface string len=..256
    in DownloadURL string len=..2048 type=URL mandatory
    in DSCP unsignedInt range=0..63
    in EthernetPriority unsignedInt range=0..7
    in TimeBasedTestDuration unsignedInt range=0..999 unit=seconds
    in TimeBasedTestMeasurementInterval unsignedInt range=0..999 unit=seconds
    in TimeBasedTestMeasurementOffset unsignedInt range=0..255 unit=seconds
    in ProtocolVersion string enum=Any|IPv4|IPv6
    in NumberOfConnections unsignedInt range=1..
    in EnablePerConnectionResults boolean
    out Status string enum=Complete|Error_CannotResolveHostName|Error_NoRouteToHost|Error_InitConnectionFailed|Error_NoResponse|Error_TransferFailed|Error_PasswordRequestFailed|Error_LoginFailed|Error_NoTransferMode|Error_NoPASV|Error_IncorrectSize|Error_Timeout|Error_Internal|Error_Other
    out IPAddressUsed string len=..45 type=IPAddress
    out ROMTime dateTime
    out BOMTime dateTime
    out EOMTime dateTime
    out TestBytesReceived unsignedLong type=StatsCounter64 unit=bytes
    out TotalBytesReceived unsignedLong type=StatsCounter64 unit=bytes
    out TotalBytesSent unsignedLong type=StatsCounter64 unit=bytes
    out TestBytesReceivedUnderFullLoading unsignedLong type=StatsCounter64 unit=bytes
    out TotalBytesReceivedUnderFullLoading unsignedLong type=StatsCounter64 unit=bytes
    out TotalBytesSentUnderFullLoading unsignedLong type=StatsCounter64 unit=bytes
    out PeriodOfFullLoading unsignedInt unit=microseconds
    out TCPOpenRequestTime dateTime
    out TCPOpenResponseTime dateTime
    out PerConnectionResult.{i}.ROMTime dateTime
    out PerConnectionResult.{i}.BOMTime dateTime
    out PerConnectionResult.{i}.EOMTime dateTime
    out PerConnectionResult.{i}.TestBytesReceived unsignedLong type=StatsCounter64 unit=bytes
    out PerConnectionResult.{i}.TotalBytesReceived unsignedLong type=StatsCounter64 unit=bytes
    out PerConnectionResult.{i}.TotalBytesSent unsignedLong type=StatsCounter64 unit=bytes
    out PerConnectionResult.{i}.TCPOpenRequestTime dateTime
    out PerConnectionResult.{i}.TCPOpenResponseTime dateTime
    out IncrementalResult.{i}.TestBytesReceived unsignedLong type=StatsCounter64 unit=bytes
    out IncrementalResult.{i}.TotalBytesReceived unsignedLong type=StatsCounter64 unit=bytes
    out IncrementalResult.{i}.TotalBytesSent unsignedLong type=StatsCounter64 unit=bytes
    out IncrementalResult.{i}.StartTime dateTime
    out IncrementalResult.{i}.EndTime dateTime
  command UploadDiagnostics() async
    in Interface string len=..256
    in UploadURL string len=..2048 type=URL mandatory
    in DSCP unsignedInt range=0..63
    in EthernetPriority unsignedInt range=0..7
    in TestFileLength unsignedLong unit=bytes
    in TimeBasedTestDuration unsignedInt range=0..999 unit=seconds
    in TimeBasedTestMeasurementInterval unsignedInt range=0..999 unit=seconds
    in TimeBasedTestMeasurementOffset unsignedInt range=0..255 unit=seconds
    in ProtocolVersion string enum=Any|IPv4|IPv6
    in NumberOfConnections unsignedInt range=1..
    in EnablePerConnectionResults boolean
    out Status string enum=Complete|Error_CannotResolveHostName|Error_NoRouteToHost|Error_InitConnectionFailed|Error_NoResponse|Error_PasswordRequestFailed|Error_LoginFailed|Error_NoTransferMode|Error_NoPASV|Error_NoCWD|Error_NoSTOR|Error_NoTransferComplete|Error_Timeout|Error_Internal|Error_Other
    out IPAddressUsed string len=..45 type=IPAddress
    out ROMTime dateTime
    out BOMTime dateTime
    out EOMTime dateTime
    out TestBytesSent unsignedLong type=StatsCounter64 unit=bytes
    out TotalBytesReceived unsignedLong type=StatsCounter64 unit=bytes
    out TotalBytesSent unsignedLong type=StatsCounter64 unit=bytes
    out TestBytesSentUnderFullLoading unsignedLong type=StatsCounter64 unit=bytes
    out TotalBytesReceivedUnderFullLoading unsignedLong type=StatsCounter64 unit=bytes
    out TotalBytesSentUnderFullLoading unsignedLong type=StatsCounter64 unit=bytes
    out PeriodOfFullLoading unsignedInt unit=microseconds
    out TCPOpenRequestTime dateTime
    out TCPOpenResponseTime dateTime
    out PerConnectionResult.{i}.ROMTime dateTime
    out PerConnectionResult.{i}.BOMTime dateTime
    out PerConnectionResult.{i}.EOMTime dateTime
    out PerConnectionResult.{i}.TestBytesSent unsignedLong type=StatsCounter64 unit=bytes
    out PerConnectionResult.{i}.TotalBytesReceived unsignedLong type=StatsCounter64 unit=bytes
    out PerConnectionResult.{i}.TotalBytesSent unsignedLong type=StatsCounter64 unit=bytes
    out PerConnectionResult.{i}.TCPOpenRequestTime dateTime
    out PerConnectionResult.{i}.TCPOpenResponseTime dateTime
    out IncrementalResult.{i}.TestBytesSent unsignedLong type=StatsCounter64 unit=bytes
    out IncrementalResult.{i}.TotalBytesReceived unsignedLong type=StatsCounter64 unit=bytes
    out IncrementalResult.{i}.TotalBytesSent unsignedLong type=StatsCounter64 unit=bytes
    out IncrementalResult.{i}.StartTime dateTime
    out IncrementalResult.{i}.EndTime dateTime
  command UDPEchoDiagnostics() async
    in Interface string len=..256
    in Host string len=..256 mandatory
    in Port unsignedInt range=1..65535 mandatory
    in NumberOfRepetitions unsignedInt range=1..
    in Timeout unsignedInt range=1.. unit=milliseconds mandatory
    in DataBlockSize unsignedInt range=1..65535 unit=bytes
    in DSCP unsignedInt range=0..63
    in InterTransmissionTime unsignedInt range=1..65535 unit=milliseconds
    in ProtocolVersion string enum=Any|IPv4|IPv6
    in EnableIndividualPacketResults boolean
    out Status string enum=Complete|Error_CannotResolveHostName|Error_Internal|Error_Other
    out IPAddressUsed string len=..45 type=IPAddress
    out SuccessCount unsignedInt
    out FailureCount unsignedInt
    out AverageResponseTime unsignedInt unit=microseconds
    out MinimumResponseTime unsignedInt unit=microseconds
    out MaximumResponseTime unsignedInt unit=microseconds
    out IndividualPacketResult.{i}.PacketSuccess boolean
    out IndividualPacketResult.{i}.PacketSendTime dateTime
    out IndividualPacketResult.{i}.PacketReceiveTime dateTime
    out IndividualPacketResult.{i}.TestGenSN unsignedInt
    out IndividualPacketResult.{i}.TestRespSN unsignedInt
    out IndividualPacketResult.{i}.TestRespRcvTimeStamp unsignedInt unit=microseconds
    out IndividualPacketResult.{i}.TestRespReplyTimeStamp unsignedInt unit=microseconds
    out IndividualPacketResult.{i}.TestRespReplyFailureCount unsignedInt
  command ServerSelectionDiagnostics() async
    in Interface string len=..256
    in ProtocolVersion string enum=Any|IPv4|IPv6 mandatory
    in Protocol string enum="ICMP|UDP Echo" mandatory
    in HostList string list len=..256 mandatory
    in NumberOfRepetitions unsignedInt range=1.. mandatory
    in Timeout unsignedInt range=1.. unit=milliseconds mandatory
    out Status string enum=Complete|Error_CannotResolveHostName|Error_Internal|Error_Other
    out FastestHost string
    out MinimumResponseTime unsignedInt unit=microseconds
    out AverageResponseTime unsignedInt unit=microseconds
    out MaximumResponseTime unsignedInt unit=microseconds
    out IPAddressUsed string len=..45 type=IPAddress

object Device.IP.Diagnostics.UDPEchoConfig. readOnly
  desc "A server that gives packets of UDP back."
  param Enable readWrite boolean
  param Interface readWrite string len=..256
  param SourceIPAddress readWrite string len=..45 type=IPAddress
  param UDPPort readWrite unsignedInt
  param EchoPlusEnabled readWrite boolean
  param EchoPlusSupported readOnly boolean
  param PacketsReceived readOnly unsignedInt
  param PacketsResponded readOnly unsignedInt
  param BytesReceived readOnly unsignedInt
  param BytesResponded readOnly unsignedInt
  param TimeFirstPacketReceived readOnly dateTime
  param TimeLastPacketReceived readOnly dateTime

object Device.Bridging. readOnly
  param MaxBridgeEntries readOnly unsignedInt
  param MaxDBridgeEntries readOnly unsignedInt
  param MaxQBridgeEntries readOnly unsignedInt
  param MaxVLANEntries readOnly unsignedInt
  param BridgeNumberOfEntries readOnly unsignedInt

object Device.Bridging.Bridge.{i}. addDelete key Alias!
  desc "A bridge that joins ports into one network."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param Name readOnly string len=..64
  param Standard readWrite string enum=802.1D-2004|802.1Q-2005|802.1Q-2011 default=802.1D-2004
  param AgingTime readWrite unsignedInt range=10..1000000 unit=seconds default=300
  param PortNumberOfEntries readOnly unsignedInt
  param VLANNumberOfEntries readOnly unsignedInt
  param VLANPortNumberOfEntries readOnly unsignedInt

object Device.Bridging.Bridge.{i}.Port.{i}. addDelete key Alias! key Name!
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Up|Down|Unknown|Dormant|NotPresent|LowerLayerDown|Error default=Down
  param Alias writeOnce string len=..64 type=Alias
  param Name readOnly string len=..64
  param LastChange readOnly unsignedInt unit=seconds ignore
  param LowerLayers readWrite string list ref=strong:Device.Bridging.Bridge.{i}.Port.{i}.,Device.Ethernet.Interface.{i}.,Device.Ethernet.Link.{i}.,Device.Ethernet.VLANTermination.{i}.,Device.WiFi.SSID.{i}.
  param ManagementPort readWrite boolean default=false
  param DefaultUserPriority readWrite unsignedInt range=0..7
  param PortState readOnly string enum=Disabled|Blocking|Listening|Learning|Forwarding|Broken default=Disabled
  param PVID readWrite int range=1..4094 default=1
  param AcceptableFrameTypes readWrite string enum=AdmitAll|AdmitOnlyVLANTagged|AdmitOnlyPrioUntagged default=AdmitAll
  param IngressFiltering readWrite boolean default=false

object Device.Bridging.Bridge.{i}.Port.{i}.Stats. readOnly
  param BytesSent readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param BytesReceived readOnly unsignedLong type=StatsCounter64 unit=bytes ignore
  param PacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param PacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param ErrorsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param ErrorsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsSent readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param DiscardPacketsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  param UnicastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param UnicastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param MulticastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param MulticastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param BroadcastPacketsSent readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param BroadcastPacketsReceived readOnly unsignedLong type=StatsCounter64 unit=packets ignore
  param UnknownProtoPacketsReceived readOnly unsignedInt type=StatsCounter32 unit=packets ignore
  command Reset() sync

object Device.Bridging.Bridge.{i}.VLAN.{i}. addDelete key Alias! key VLANID
  param Enable readWrite boolean default=false
  param Alias writeOnce string len=..64 type=Alias
  param Name readWrite string len=..64
  param VLANID readWrite int range=1..4094 default=1

object Device.Bridging.Bridge.{i}.VLANPort.{i}. addDelete key Alias! key VLAN,Port
  param Enable readWrite boolean default=false
  param Alias writeOnce string len=..64 type=Alias
  param VLAN readWrite string len=..256 ref=strong:Device.Bridging.Bridge.{i}.VLAN.{i}.
  param Port readWrite string len=..256 ref=strong:Device.Bridging.Bridge.{i}.Port.{i}.
  param Untagged readWrite boolean

object Device.DHCPv4. readOnly
  param ClientNumberOfEntries readOnly unsignedInt

object Device.DHCPv4.Client.{i}. addDelete key Alias! key Interface
  desc "Asks for an address on an interface."
  param Enable readWrite boolean default=false
  param Alias writeOnce string len=..64 type=Alias
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param DHCPStatus readOnly string enum=Init|Selecting|Requesting|Rebinding|Bound|Renewing default=Init
  param IPAddress readOnly string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param SubnetMask readOnly string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param IPRouters readOnly string list len=..15 listLen=..256 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param DNSServers readOnly string list len=..15 listLen=..256 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param LeaseTimeRemaining readOnly int range=-1.. unit=seconds default=0 ignore
  param DHCPServer readOnly string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param PassthroughEnable readWrite boolean default=false
  param PassthroughDHCPPool readWrite string len=..256 ref=strong:Device.DHCPv4.Server.Pool.{i}.
  param AuthenticationProtocol readWrite string enum=None|ConfigurationToken|DelayedAuthentication default=None
  param DSCPMark readWrite unsignedInt range=0..63 default=48
  param SentOptionNumberOfEntries readOnly unsignedInt
  param ReqOptionNumberOfEntries readOnly unsignedInt
  command Renew() sync

object Device.DHCPv4.Client.{i}.SentOption.{i}. addDelete key Alias! key Tag
  param Enable readWrite boolean default=false
  param Alias writeOnce string len=..64 type=Alias
  param Tag readWrite unsignedInt range=1..254 default=12
  param Value readWrite hexBinary len=..255

object Device.DHCPv4.Client.{i}.ReqOption.{i}. addDelete key Alias! key Tag
  param Enable readWrite boolean default=false
  param Order readWrite unsignedInt range=1.. type=Order default=1
  param Alias writeOnce string len=..64 type=Alias
  param Tag readWrite unsignedInt range=1..254 default=3
  param Value readOnly hexBinary len=..255

object Device.DHCPv4.Client.{i}.Retransmission. readOnly
  desc "How long this client waits before it asks again."
  param DiscoverInitialTimeout readWrite unsignedInt unit=seconds default=4
  param DiscoverMaxTimeout readWrite unsignedInt unit=seconds default=64
  param DiscoverMaxDuration readWrite unsignedInt unit=seconds default=0
  param RequestInitialTimeout readWrite unsignedInt unit=seconds default=4
  param RequestMaxTimeout readWrite unsignedInt unit=seconds default=64
  param RequestMaxDuration readWrite unsignedInt unit=seconds default=0
  param TimeoutRandomize readWrite int unit=ms default=1000

object Device.DHCPv4.Client.{i}.Stats. readOnly
  param Discover readOnly unsignedLong type=StatsCounter64 ignore
  param Offer readOnly unsignedLong type=StatsCounter64 ignore
  param Request readOnly unsignedLong type=StatsCounter64 ignore
  param Decline readOnly unsignedLong type=StatsCounter64 ignore
  param Release readOnly unsignedLong type=StatsCounter64 ignore
  param Inform readOnly unsignedLong type=StatsCounter64 ignore
  param ACK readOnly unsignedLong type=StatsCounter64 ignore
  param NACK readOnly unsignedLong type=StatsCounter64 ignore
  param ForceRenew readOnly unsignedLong type=StatsCounter64 ignore
  param DiscardedPackets readOnly unsignedLong type=StatsCounter64 ignore
  param TransmitFailure readOnly unsignedLong type=StatsCounter64 ignore
  command Reset() sync

object Device.DHCPv4.Server. readOnly
  param Enable readWrite boolean
  param PoolNumberOfEntries readOnly unsignedInt

object Device.DHCPv4.Server.Stats. readOnly
  param Discover readOnly unsignedLong type=StatsCounter64 ignore
  param Offer readOnly unsignedLong type=StatsCounter64 ignore
  param Request readOnly unsignedLong type=StatsCounter64 ignore
  param ACK readOnly unsignedLong type=StatsCounter64 ignore
  param NACK readOnly unsignedLong type=StatsCounter64 ignore
  param Decline readOnly unsignedLong type=StatsCounter64 ignore
  param Release readOnly unsignedLong type=StatsCounter64 ignore
  param Inform readOnly unsignedLong type=StatsCounter64 ignore
  param ForceRenew readOnly unsignedLong type=StatsCounter64 ignore
  param DiscardedPackets readOnly unsignedLong type=StatsCounter64 ignore
  param TransmitFailure readOnly unsignedLong type=StatsCounter64 ignore
  param RelayOptionDropped readOnly unsignedLong type=StatsCounter64 ignore
  param SecondServerDetected readOnly unsignedLong type=StatsCounter64 ignore
  command Reset() sync

object Device.DHCPv4.Server.Pool.{i}. addDelete key Alias! key Order
  desc "Addresses given to devices at home."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param Order readWrite unsignedInt range=1.. type=Order default=1
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param VendorClassID readWrite string len=..255
  param VendorClassIDExclude readWrite boolean default=false
  param VendorClassIDMode readWrite string enum=Exact|Prefix|Suffix|Substring default=Exact
  param ClientID readWrite hexBinary len=..255
  param ClientIDExclude readWrite boolean default=false
  param UserClassID readWrite hexBinary len=..255
  param UserClassIDExclude readWrite boolean default=false
  param Chaddr readWrite string len=..17 pattern="(([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})?" type=MACAddress
  param ChaddrMask readWrite string len=..17 pattern="(([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})?" type=MACAddress
  param ChaddrExclude readWrite boolean default=false
  param AllowedDevices readWrite string enum=All|Known|Unknown default=All
  param MinAddress readWrite string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param MaxAddress readWrite string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param ReservedAddresses readWrite string list len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param SubnetMask readWrite string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param DNSServers readWrite string list len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param DomainName readWrite string len=..64
  param IPRouters readWrite string list len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param WINSServers readWrite string list len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param LeaseTime readWrite int range=-1.. unit=seconds default=86400
  param DSCPMark readWrite unsignedInt range=0..63 default=48
  param StaticAddressNumberOfEntries readOnly unsignedInt
  param OptionNumberOfEntries readOnly unsignedInt
  param ClientNumberOfEntries readOnly unsignedInt

object Device.DHCPv4.Server.Pool.{i}.StaticAddress.{i}. addDelete key Alias! key Chaddr
  param Enable readWrite boolean default=false
  param Alias writeOnce string len=..64 type=Alias
  param Chaddr readWrite string len=..17 pattern="(([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})?" type=MACAddress
  param Yiaddr readWrite string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address

object Device.DHCPv4.Server.Pool.{i}.Option.{i}. addDelete key Alias! key Tag
  param Enable readWrite boolean default=false
  param Alias writeOnce string len=..64 type=Alias
  param Tag readWrite unsignedInt range=1..254 default=42
  param Value readWrite hexBinary len=..255

object Device.DHCPv4.Server.Pool.{i}.Client.{i}. readOnly key Alias! key Chaddr
  param Alias writeOnce string len=..64 type=Alias
  param Chaddr readOnly string len=..17 pattern="(([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})?" type=MACAddress
  param Active readOnly boolean
  param IPv4AddressNumberOfEntries readOnly unsignedInt

object Device.DHCPv4.Server.Pool.{i}.Client.{i}.IPv4Address.{i}. readOnly key IPAddress
  param IPAddress readOnly string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param LeaseTimeRemaining readOnly dateTime ignore

object Device.DHCPv6. readOnly
  param ClientNumberOfEntries readOnly unsignedInt

object Device.DHCPv6.Client.{i}. addDelete key Alias! key Interface
  param Enable readWrite boolean default=false
  param Alias writeOnce string len=..64 type=Alias
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param DUID readOnly hexBinary len=..130
  param RequestAddresses readWrite boolean default=true
  param RequestPrefixes readWrite boolean default=false
  param RapidCommit readWrite boolean default=false
  param SuggestedT1 readWrite int range=-1.. unit=seconds default=-1
  param SuggestedT2 readWrite int range=-1.. unit=seconds default=-1
  param SupportedOptions readOnly unsignedInt list
  param RequestedOptions readWrite unsignedInt list
  param AuthenticationProtocol readWrite string enum=None|ConfigurationToken|DelayedAuthentication|ReconfigureKeyAuthentication default=None
  param DSCPMark readWrite unsignedInt range=0..63 default=48
  param ServerNumberOfEntries readOnly unsignedInt
  command Renew() sync

object Device.DHCPv6.Client.{i}.Server.{i}. readOnly key SourceAddress
  param SourceAddress readOnly string len=..45 type=IPv6Address
  param DUID readOnly hexBinary len=..130
  param InformationRefreshTime readOnly dateTime

object Device.RouterAdvertisement. readOnly
  param InterfaceSettingNumberOfEntries readOnly unsignedInt

object Device.RouterAdvertisement.InterfaceSetting.{i}. addDelete key Alias! key Interface
  desc "What devices at home hear of this router over IPv6."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param Interface readWrite string ref=strong:Device.IP.Interface.{i}.
  param DNSSL readWrite string list
  param MaxRtrAdvInterval readWrite unsignedInt range=4..1800 unit=seconds default=600
  param MinRtrAdvInterval readWrite unsignedInt range=3..1350 unit=seconds default=200
  param AdvDefaultLifetime readWrite unsignedInt range=..65535 unit=seconds default=1800
  param AdvPreferredRouterFlag readWrite string enum=High|Medium|Low default=Medium
  param AdvLinkMTU readWrite unsignedInt default=0
  param AdvReachableTime readWrite unsignedInt range=..3600000 unit=ms default=0
  param AdvRetransTimer readWrite unsignedInt unit=ms default=0
  param AdvCurHopLimit readWrite unsignedInt range=..255 default=0

object Device.DHCPv6.Server. readOnly
  param PoolNumberOfEntries readOnly unsignedInt

object Device.DHCPv6.Server.Pool.{i}. addDelete key Alias!
  desc "Addresses and prefixes of IPv6 given to devices at home."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param IANAEnable readWrite boolean
  param IAPDEnable readWrite boolean
  param ClientNumberOfEntries readOnly unsignedInt

object Device.DHCPv6.Server.Pool.{i}.Client.{i}. readOnly key Alias!
  param Alias writeOnce string len=..64 type=Alias
  param Active readOnly boolean
  param IPv6AddressNumberOfEntries readOnly unsignedInt
  param IPv6PrefixNumberOfEntries readOnly unsignedInt
  param OptionNumberOfEntries readOnly unsignedInt

object Device.DHCPv6.Server.Pool.{i}.Client.{i}.IPv6Address.{i}. readOnly key IPAddress
  param IPAddress readOnly string len=..45 type=IPv6Address
  param PreferredLifetime readOnly dateTime ignore
  param ValidLifetime readOnly dateTime ignore

object Device.DHCPv6.Server.Pool.{i}.Client.{i}.IPv6Prefix.{i}. readOnly key Prefix
  param Prefix readOnly string len=..49 type=IPv6Prefix
  param PreferredLifetime readOnly dateTime ignore
  param ValidLifetime readOnly dateTime ignore

object Device.DHCPv6.Server.Pool.{i}.Client.{i}.Option.{i}. readOnly
  param Tag readOnly unsignedInt range=0..65535
  param Value readOnly hexBinary len=..65535

object Device.NeighborDiscovery. readOnly
  param Enable readWrite boolean
  param InterfaceSettingNumberOfEntries readOnly unsignedInt

object Device.NeighborDiscovery.InterfaceSetting.{i}. addDelete key Alias! key Interface
  desc "How neighbours and routers are looked for on an interface."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param Interface readWrite string ref=strong:Device.IP.Interface.{i}.
  param DADTransmits readWrite unsignedInt default=1
  param RetransTimer readWrite unsignedInt range=1.. unit=milliseconds default=1000
  param RtrSolicitationInterval readWrite unsignedInt range=4000.. unit=milliseconds default=4000
  param MaxRtrSolicitations readWrite unsignedInt default=3
  param NUDEnable readWrite boolean
  param RSEnable readWrite boolean

object Device.DNS. readOnly
  param SupportedRecordTypes readOnly string list enum=A|AAAA|SRV|PTR

object Device.DNS.Client. readOnly
  param Enable readWrite boolean
  param Status readOnly string enum=Disabled|Enabled|Error default=Disabled
  param ServerNumberOfEntries readOnly unsignedInt

object Device.DNS.Client.Server.{i}. addDelete key DNSServer key Alias!
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param DNSServer readWrite string len=..45 type=IPAddress
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param Type readOnly string enum=DHCPv4|DHCPv6|RouterAdvertisement|IPCP|3GPP-NAS|Static default=Static

object Device.DNS.Diagnostics. readOnly
  command NSLookupDiagnostics() async
    in Interface string len=..256
    in HostName string len=..256 mandatory
    in DNSServer string len=..256
    in Timeout unsignedInt unit=milliseconds mandatory
    in NumberOfRepetitions unsignedInt mandatory
    out Status string enum=Complete|Error_DNSServerNotResolved|Error_Internal|Error_Other
    out SuccessCount unsignedInt
    out Result.{i}.Status string enum=Success|Error_DNSServerNotAvailable|Error_HostNameNotResolved|Error_Timeout|Error_Other
    out Result.{i}.AnswerType string enum=None|Authoritative|NonAuthoritative
    out Result.{i}.HostNameReturned string len=..256
    out Result.{i}.IPAddresses string list len=..45 type=IPAddress
    out Result.{i}.DNSServerIP string len=..45 type=IPAddress
    out Result.{i}.ResponseTime unsignedInt unit=milliseconds

object Device.DNS.Relay. readOnly
  param Enable readWrite boolean
  param Status readOnly string enum=Disabled|Enabled|Error default=Disabled
  param ForwardNumberOfEntries readOnly unsignedInt

object Device.DNS.Relay.Forwarding.{i}. addDelete key DNSServer key Alias!
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param DNSServer readWrite string len=..45 type=IPAddress
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param Type readOnly string enum=DHCPv4|DHCPv6|RouterAdvertisement|IPCP|3GPP-NAS|Static default=Static

object Device.Hosts. readOnly
  param HostNumberOfEntries readOnly unsignedInt
  param AccessControlNumberOfEntries readOnly unsignedInt

object Device.Hosts.Host.{i}. readOnly key PhysAddress
  desc "A device seen in the home network."
  param PhysAddress readOnly string len=..64
  param IPAddress readOnly string len=..45 type=IPAddress
  param DHCPClient readOnly string list ref=strong:Device.DHCPv4.Server.Pool.{i}.Client.{i}.
  param AssociatedDevice readOnly string len=..256 ref=strong:Device.WiFi.AccessPoint.{i}.AssociatedDevice.{i}.
  param Layer1Interface readOnly string len=..256 ref=strong:Device.Ethernet.Interface.{i}.,Device.WiFi.Radio.{i}.
  param Layer3Interface readOnly string len=..256 ref=strong:Device.IP.Interface.{i}.
  param InterfaceType readOnly string enum=Ethernet|G.hn|HPNA|HomePlug|MoCA|UPA|Wi-Fi|Other default=Other
  param HostName readOnly string len=..64
  param Active readOnly boolean
  param ActiveLastChange readOnly dateTime
  param IPv4AddressNumberOfEntries readOnly unsignedInt
  param IPv6AddressNumberOfEntries readOnly unsignedInt

object Device.Hosts.Host.{i}.IPv4Address.{i}. readOnly key IPAddress
  param IPAddress readOnly string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address

object Device.Hosts.Host.{i}.IPv6Address.{i}. readOnly key IPAddress
  param IPAddress readOnly string len=..45 type=IPv6Address

object Device.Hosts.Host.{i}.WANStats. readOnly
  param BytesSent readOnly unsignedLong type=StatsCounter64 ignore
  param BytesReceived readOnly unsignedLong type=StatsCounter64 ignore
  param PacketsSent readOnly unsignedLong type=StatsCounter64 ignore
  param PacketsReceived readOnly unsignedLong type=StatsCounter64 ignore
  param ErrorsSent readOnly unsignedInt type=StatsCounter32 ignore
  param RetransCount readOnly unsignedInt type=StatsCounter32 ignore
  param DiscardPacketsSent readOnly unsignedInt type=StatsCounter32 ignore

object Device.Hosts.AccessControl.{i}. addDelete key Alias! key PhysAddress
  param Alias writeOnce string len=..64 type=Alias
  param Origin writeOnce string enum=User|System|Controller default=Controller
  param PhysAddress readWrite string len=..64
  param PhysAddressMask readWrite string len=..64
  param HostName readWrite string len=..256
  param Enable readWrite boolean default=false
  param AccessPolicy readWrite string enum=Allow|Deny default=Allow

object Device.NAT. readOnly
  param InterfaceSettingNumberOfEntries readOnly unsignedInt
  param PortMappingNumberOfEntries readOnly unsignedInt
  param MaxNumberOfPortMappings readOnly unsignedInt
  param PortTriggerNumberOfEntries readOnly unsignedInt
  param MaxNumberOfPortTriggers readOnly unsignedInt

object Device.NAT.InterfaceSetting.{i}. addDelete key Alias! key Interface
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Enabled_NATForcedDisabled|Enabled_PortMappingDisabled|Error_Misconfigured|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param SourceNetwork readWrite string list len=..256
  param TCPTranslationTimeout readWrite int range=-1.. unit=seconds default=300
  param UDPTranslationTimeout readWrite int range=-1.. unit=seconds default=30

object Device.NAT.PortMapping.{i}. addDelete key Alias! key RemoteHost,ExternalPort,Protocol
  desc "Lets traffic from outside reach a device at home."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Inactive|Error_Misconfigured|Error default=Disabled
  param Origin writeOnce string enum=User|System|UPnP|Controller default=Controller
  param Alias writeOnce string len=..64 type=Alias
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param AllInterfaces readWrite boolean default=false
  param LeaseDuration readWrite unsignedInt unit=seconds
  param RemainingLeaseTime readOnly unsignedInt unit=seconds ignore
  param RemoteHost readWrite string
  param ExternalPort readWrite unsignedInt range=0..65535
  param ExternalPortEndRange readWrite unsignedInt range=0..65535 default=0
  param InternalPort readWrite unsignedInt range=0..65535
  param Protocol readWrite string enum=TCP|UDP default=TCP
  param InternalClient readWrite string len=..256
  param Description readWrite string len=..256
  param Log readWrite boolean default=false

object Device.NAT.PortTrigger.{i}. addDelete key Alias!
  desc "Opens ports for as long as a device at home talks to another."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean
  param Status readOnly string enum=Disabled|Enabled|Inactive|Error_Misconfigured|Error default=Disabled
  param Origin writeOnce string enum=User|System|Controller default=Controller
  param Description readWrite string len=..256
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param Port readWrite unsignedInt range=0..65535 default=0
  param PortEndRange readWrite unsignedInt range=0..65535 default=0
  param AutoDisableDuration readWrite unsignedInt unit=seconds default=0
  param ActivationDate readOnly dateTime default=0001-01-01T00:00:00Z
  param Protocol readWrite string enum=TCP|UDP default=TCP
  param Log readWrite boolean default=false
  param RuleNumberOfEntries readOnly unsignedInt

object Device.NAT.PortTrigger.{i}.Rule.{i}. addDelete key Alias!
  desc "The ports that a trigger opens."
  param Alias writeOnce string len=..64 type=Alias
  param Port readWrite unsignedInt range=0..65535 default=0
  param PortEndRange readWrite unsignedInt range=0..65535 default=0
  param Protocol readWrite string enum=TCP|UDP default=TCP

object Device.Routing. readOnly
  param RouterNumberOfEntries readOnly unsignedInt

object Device.Routing.Router.{i}. addDelete key Alias!
  desc "A routing table."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param IPv4ForwardingNumberOfEntries readOnly unsignedInt
  param IPv6ForwardingNumberOfEntries readOnly unsignedInt

object Device.Routing.Router.{i}.IPv4Forwarding.{i}. addDelete key Alias! key DestIPAddress,DestSubnetMask,ForwardingPolicy,GatewayIPAddress,Interface,ForwardingMetric
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param Type readWrite string enum=Normal|Receive|Blackhole|Unreachable|Prohibit default=Normal
  param StaticRoute readOnly boolean default=true
  param DestIPAddress readWrite string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param DestSubnetMask readWrite string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param ForwardingPolicy readWrite int range=-1.. default=-1
  param GatewayIPAddress readWrite string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param Origin readOnly string enum=DHCPv4|OSPF|IPCP|RIP|3GPP-NAS|Static default=Static
  param ForwardingMetric readWrite int range=-1.. default=-1

object Device.Routing.Router.{i}.IPv6Forwarding.{i}. addDelete key Alias! key DestIPPrefix,ForwardingPolicy,NextHop,Interface,ForwardingMetric
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param Type readWrite string enum=Normal|Receive|Blackhole|Unreachable|Prohibit default=Normal
  param DestIPPrefix readWrite string len=..49 type=IPv6Prefix
  param ForwardingPolicy readWrite int range=-1.. default=-1
  param NextHop readWrite string len=..45 type=IPv6Address
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param Origin readOnly string enum=DHCPv6|OSPF|RA|RIPng|3GPP-NAS|Static default=Static
  param ForwardingMetric readWrite int range=-1.. default=-1
  param ExpirationTime readOnly dateTime default=9999-12-31T23:59:59Z

object Device.Firewall. readOnly
  param Enable readWrite boolean
  param Config readWrite string enum=High|Low|Advanced|Policy default=High
  param AdvancedLevel readWrite string ref=strong:Device.Firewall.Level.{i}.
  param Type readOnly string enum=Stateless|Stateful default=Stateful
  param Version readOnly string len=..16
  param LastChange readOnly dateTime
  param LevelNumberOfEntries readOnly unsignedInt
  param ChainNumberOfEntries readOnly unsignedInt
  param DMZNumberOfEntries readOnly unsignedInt
  param PinholeNumberOfEntries readOnly unsignedInt
  param ServiceNumberOfEntries readOnly unsignedInt
  param InterfaceSettingNumberOfEntries readOnly unsignedInt

object Device.Firewall.Level.{i}. addDelete key Alias! key Name!
  param Alias writeOnce string len=..64 type=Alias
  param Name readWrite string len=..64
  param Description readWrite string len=..256
  param Order readWrite unsignedInt range=1.. type=Order default=1
  param Chain readOnly string ref=strong:Device.Firewall.Chain.{i}.
  param PortMappingEnabled readWrite boolean default=true
  param DefaultPolicy readWrite string enum=Drop|Accept|Reject default=Drop
  param DefaultLogPolicy readWrite boolean default=false

object Device.Firewall.Chain.{i}. addDelete key Alias! key Name!
  param Enable readWrite boolean default=false
  param Alias writeOnce string len=..64 type=Alias
  param Name readWrite string len=..64
  param Creator readOnly string enum=Defaults|PortMapping|WANIPv6FirewallControl|ACS|UserInterface|Other default=ACS
  param RuleNumberOfEntries readOnly unsignedInt

object Device.Firewall.Chain.{i}.Rule.{i}. addDelete key Alias!
  desc "What to do with matching packets."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param Order readWrite unsignedInt range=1.. type=Order default=1
  param Alias writeOnce string len=..64 type=Alias
  param Description readWrite string len=..256
  param Target readWrite string enum=Drop|Accept|Reject|Return|TargetChain default=Drop
  param TargetChain readWrite string ref=strong:Device.Firewall.Chain.{i}.
  param Log readWrite boolean default=false
  param CreationDate readOnly dateTime
  param ExpiryDate readWrite dateTime default=9999-12-31T23:59:59Z
  param SourceInterface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.,Device.Ethernet.Link.{i}.,Device.Ethernet.VLANTermination.{i}.,Device.Bridging.Bridge.{i}.Port.{i}.,Device.WiFi.SSID.{i}.,Device.Ethernet.Interface.{i}.
  param SourceInterfaceExclude readWrite boolean default=false
  param SourceAllInterfaces readWrite boolean default=false
  param DestInterface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.,Device.Ethernet.Link.{i}.,Device.Ethernet.VLANTermination.{i}.,Device.Bridging.Bridge.{i}.Port.{i}.,Device.WiFi.SSID.{i}.,Device.Ethernet.Interface.{i}.
  param DestInterfaceExclude readWrite boolean default=false
  param DestAllInterfaces readWrite boolean default=false
  param IPVersion readWrite int range=4..4,6..6,-1..-1 default=-1
  param DestIP readWrite string len=..45 type=IPAddress
  param DestMask readWrite string len=..49 type=IPPrefix
  param DestIPExclude readWrite boolean default=false
  param SourceIP readWrite string len=..45 type=IPAddress
  param SourceMask readWrite string len=..49 type=IPPrefix
  param SourceIPExclude readWrite boolean default=false
  param Protocol readWrite int range=-1..255 default=-1
  param ProtocolExclude readWrite boolean default=false
  param DestPort readWrite int range=-1..65535 default=-1
  param DestPortRangeMax readWrite int range=-1..65535 default=-1
  param DestPortExclude readWrite boolean default=false
  param SourcePort readWrite int range=-1..65535 default=-1
  param SourcePortRangeMax readWrite int range=-1..65535 default=-1
  param SourcePortExclude readWrite boolean default=false
  param DSCP readWrite int range=-1..63 default=-1
  param DSCPExclude readWrite boolean default=false
  param ConnectionState readWrite string list enum=INVALID|NEW|RELATED|ESTABLISHED
  param SourceMAC readWrite string len=..17 pattern="(([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})?" type=MACAddress
  param SourceMACExclude readWrite boolean default=false

object Device.Firewall.DMZ.{i}. addDelete key Alias! key DestIP,SourcePrefix
  desc "A device at home that all traffic from outside reaches."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param Origin writeOnce string enum=User|System|Controller default=Controller
  param Description readWrite string len=..256
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param LeaseDuration readWrite unsignedInt unit=seconds
  param RemainingLeaseTime readOnly unsignedInt unit=seconds ignore
  param DestIP readWrite string len=..15 pattern="(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?" type=IPv4Address
  param SourcePrefix readWrite string len=..18 type=IPv4Prefix
  param Log readWrite boolean default=false

object Device.Firewall.Pinhole.{i}. addDelete key Alias!
  desc "Lets traffic from outside through to an address at home, without translation."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean
  param Status readOnly string enum=Disabled|Enabled|Inactive|Error_Misconfigured|Error default=Disabled
  param Origin writeOnce string enum=User|System|UPnP|Controller default=Controller
  param Description readWrite string len=..256
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param LeaseDuration readWrite unsignedInt unit=seconds
  param RemainingLeaseTime readOnly unsignedInt unit=seconds ignore
  param SourcePort readWrite int range=-1..65535 default=-1
  param SourcePortRangeMax readWrite int range=-1..65535 default=-1
  param DestPort readWrite int range=-1..65535 default=-1
  param DestPortRangeMax readWrite int range=-1..65535 default=-1
  param IPVersion readWrite int range=4..4,6..6,-1..-1 default=-1
  param Protocol readWrite int list range=-1..255 default=-1
  param SourcePrefixes readWrite string list len=..49 type=IPPrefix
  param DestIP readWrite string len=..45 type=IPAddress
  param DestMACAddress readWrite string len=..17 pattern="(([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})?" type=MACAddress
  param Log readWrite boolean default=false

object Device.Firewall.Service.{i}. addDelete key Alias! key Interface,DestPort,Protocol,SourcePrefixes
  desc "What of the gateway itself can be reached from an interface."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param DestPort readWrite int list range=-1..65535 default=-1
  param IPVersion readWrite int range=4..4,6..6,-1..-1 default=-1
  param Protocol readWrite int list range=-1..255 default=-1
  param ICMPType readWrite int range=-1..255 default=-1
  param SourcePrefixes readWrite string list len=..49 type=IPPrefix
  param Action readWrite string enum=Drop|Accept|Reject default=Accept
  param Log readWrite boolean default=false

object Device.Firewall.InterfaceSetting.{i}. addDelete key Alias! key Interface
  desc "What an interface answers to strangers."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param IPv4SpoofingProtection readWrite boolean
  param IPv6SpoofingProtection readWrite boolean
  param IPv4AcceptICMPEchoRequest readWrite boolean
  param IPv6AcceptICMPEchoRequest readWrite boolean
  param IPv6PassThroughICMPEchoRequest readWrite boolean
  param StealthMode readWrite boolean

object Device.QoS. readOnly
  param ClassificationNumberOfEntries readOnly unsignedInt
  param ShaperNumberOfEntries readOnly unsignedInt

object Device.QoS.Classification.{i}. addDelete key Alias!
  desc "How matching packets are marked."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param Order readWrite unsignedInt range=1.. type=Order default=1
  param Alias writeOnce string len=..64 type=Alias
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.,Device.Ethernet.Link.{i}.,Device.Ethernet.VLANTermination.{i}.,Device.Bridging.Bridge.{i}.Port.{i}.,Device.WiFi.SSID.{i}.,Device.Ethernet.Interface.{i}.
  param AllInterfaces readWrite boolean default=false
  param IPVersion readWrite int range=4..4,6..6,-1..-1 default=-1
  param DestIP readWrite string len=..45 type=IPAddress
  param DestMask readWrite string len=..49 type=IPPrefix
  param SourceIP readWrite string len=..45 type=IPAddress
  param SourceMask readWrite string len=..49 type=IPPrefix
  param Protocol readWrite int range=-1..255 default=-1
  param DestPort readWrite int range=-1..65535 default=-1
  param DestPortRangeMax readWrite int range=-1..65535 default=-1
  param SourcePort readWrite int range=-1..65535 default=-1
  param SourcePortRangeMax readWrite int range=-1..65535 default=-1
  param SourceMACAddress readWrite string len=..17 pattern="(([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})?" type=MACAddress
  param DSCPCheck readWrite int range=-1..63 default=-1
  param DSCPMark readWrite int range=-2..63 default=-1

object Device.QoS.Shaper.{i}. addDelete key Alias!
  desc "The rate at which packets leave an interface at most."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Disabled|Enabled|Error_Misconfigured|Error default=Disabled
  param Alias writeOnce string len=..64 type=Alias
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.,Device.Ethernet.Link.{i}.,Device.Ethernet.VLANTermination.{i}.,Device.Bridging.Bridge.{i}.Port.{i}.,Device.WiFi.SSID.{i}.,Device.Ethernet.Interface.{i}.
  param ShapingRate readWrite long range=-1.. default=-1

object Device.SSH. readOnly
  param ServerNumberOfEntries readOnly unsignedInt

object Device.SSH.Server.{i}. addDelete key Alias!
  desc "How people log in to the device, who may, and from where."
  param Enable readWrite boolean
  param Status readOnly string enum=Disabled|Enabled|Error|Error_Misconfigured
  param Alias writeOnce string len=..64 type=Alias
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param Port readWrite unsignedInt range=1..65535 default=22
  param IdleTimeout readWrite unsignedInt unit=seconds default=180
  param KeepAlive readWrite unsignedInt unit=seconds default=300
  param AllowRootLogin readWrite boolean default=false
  param AllowPasswordLogin readWrite boolean default=false
  param AllowRootPasswordLogin readWrite boolean default=false
  param MaxAuthTries readWrite unsignedInt default=3

object Device.Users. readOnly
  param UserNumberOfEntries readOnly unsignedInt
  param GroupNumberOfEntries readOnly unsignedInt
  param RoleNumberOfEntries readOnly unsignedInt
  param SupportedShellNumberOfEntries readOnly unsignedInt

object Device.Users.User.{i}. addDelete key Username key Alias! key UserID
  desc "An account on the device."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean default=false
  param UserID readWrite unsignedInt
  param Username readWrite string len=..64
  param Password readWrite string len=..64 secured
  param StaticUser readOnly boolean default=false
  param Language readWrite string len=..16
  param GroupParticipation readWrite string list listLen=..1024 ref=weak:Device.Users.Group.{i}.
  param RoleParticipation readWrite string list listLen=..1024 ref=weak:Device.Users.Role.{i}.
  param Shell readWrite string ref=weak:Device.Users.SupportedShell.{i}.

object Device.Users.Group.{i}. addDelete key Groupname key Alias! key GroupID
  desc "Accounts with the same rights to files."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean default=false
  param GroupID readWrite unsignedInt
  param Groupname readWrite string len=..64
  param RoleParticipation readWrite string list listLen=..1024 ref=weak:Device.Users.Role.{i}.
  param StaticGroup readOnly boolean default=false

object Device.Users.Role.{i}. addDelete key RoleName key Alias! key RoleID
  desc "What accounts may do."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean default=false
  param RoleID readWrite unsignedInt
  param RoleName readWrite string len=..64
  param StaticRole readOnly boolean default=false

object Device.Users.SupportedShell.{i}. readOnly key Alias! key Name
  desc "A program that an account can log in to."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean default=false
  param Name readOnly string len=..64

object Device.LEDs. readOnly
  param LEDNumberOfEntries readOnly unsignedInt

object Device.LEDs.LED.{i}. readOnly key Name key Alias!
  desc "A light that people see on the device."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean default=true
  param Name readWrite string
  param Status readOnly string enum=Disabled|InUse|Controlled|Error default=Disabled
  param Reason readOnly string
  param MaxBrightness readOnly unsignedInt

object Device.LEDs.LED.{i}.CurrentCycleElement. readOnly
  param Color readOnly hexBinary len=3..3

object Device.BulkData. readOnly
  desc "Reports of parameters that the device makes and sends by itself, again and again."
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Enabled|Disabled|Error default=Disabled
  param MinReportingInterval readOnly unsignedInt unit=seconds
  param Protocols readOnly string list enum=HTTP|MQTT|USPEventNotif
  param EncodingTypes readOnly string list enum=CSV|JSON
  param ParameterWildCardSupported readOnly boolean
  param MaxNumberOfProfiles readOnly int range=-1.. default=-1
  param MaxNumberOfParameterReferences readOnly int range=-1.. default=-1
  param ProfileNumberOfEntries readOnly unsignedInt

object Device.BulkData.Profile.{i}. addDelete key Alias!
  desc "What is reported, how often, and where to. Belongs to the controller that makes it."
  param Enable readWrite boolean default=false
  param Alias writeOnce string len=..64 type=Alias
  param Name readWrite string len=..255
  param NumberOfRetainedFailedReports readWrite int range=-1.. default=0
  param Protocol readWrite string
  param EncodingType readWrite string
  param ReportingInterval readWrite unsignedInt range=1.. unit=seconds default=86400
  param TimeReference readWrite dateTime default=0001-01-01T00:00:00Z
  param ParameterNumberOfEntries readOnly unsignedInt
  param Controller readOnly string ref=strong:Device.LocalAgent.Controller.{i}.
  command ForceCollection() sync
    desc "Makes and sends a report now, beside those of the interval."
  event Push!
    arg Data string

object Device.BulkData.Profile.{i}.Parameter.{i}. addDelete
  desc "A parameter, or all beneath an object, that is in the report or is kept out of it."
  param Name readWrite string len=..64
  param Reference readWrite string len=..256
  param Exclude readWrite boolean default=false

object Device.BulkData.Profile.{i}.CSVEncoding. readOnly
  param FieldSeparator readWrite string default=","
  param RowSeparator readWrite string default="\r\n"
  param EscapeCharacter readWrite string default="\""
  param ReportFormat readWrite string enum=ParameterPerRow|ParameterPerColumn default=ParameterPerColumn
  param RowTimestamp readWrite string enum=Unix-Epoch|ISO-8601|None default=Unix-Epoch

object Device.BulkData.Profile.{i}.JSONEncoding. readOnly
  param ReportFormat readWrite string enum=ObjectHierarchy|NameValuePair default=ObjectHierarchy
  param ReportTimestamp readWrite string enum=Unix-Epoch|ISO-8601|None default=Unix-Epoch

object Device.BulkData.Profile.{i}.HTTP. readOnly
  param URL readWrite string len=..2048 type=URL
  param Username readWrite string len=..256
  param Password readWrite string len=..256 secured
  param CompressionsSupported readOnly string list enum=GZIP|Compress|Deflate default=GZIP
  param Compression readWrite string default=None
  param MethodsSupported readOnly string list enum=POST|PUT default="POST,PUT"
  param Method readWrite string default=POST
  param UseDateHeader readWrite boolean default=true
  param RetryEnable readWrite boolean default=false
  param RetryMinimumWaitInterval readWrite unsignedInt range=1..65535 unit=seconds default=5
  param RetryIntervalMultiplier readWrite unsignedInt range=1000..65535 default=2000
  param RequestURIParameterNumberOfEntries readOnly unsignedInt
  param PersistAcrossReboot readWrite boolean default=false

object Device.BulkData.Profile.{i}.HTTP.RequestURIParameter.{i}. addDelete
  desc "A parameter whose value goes into the query of the URL."
  param Name readWrite string len=..64
  param Reference readWrite string len=..256

object Device.BulkData.Profile.{i}.MQTT. readOnly
  param Reference readWrite string ref=strong:Device.MQTT.Client.{i}.
  param PublishTopic readWrite string len=..65535
  param PublishQoS readWrite unsignedInt range=..2
  param PublishRetain readWrite boolean default=false

object Device.MQTT. readOnly
  param ClientNumberOfEntries readOnly unsignedInt

object Device.MQTT.Capabilities. readOnly
  param ProtocolVersionsSupported readOnly string list enum=3.1|3.1.1|5.0
  param TransportProtocolSupported readOnly string list enum=TCP/IP|TLS|WebSocket|WebSocketTLS

object Device.MQTT.Client.{i}. addDelete key Alias! key Name!
  desc "A connection to an MQTT broker."
  param Alias writeOnce string len=..64 type=Alias
  param Name readWrite string len=..64
  param Enable readWrite boolean
  param Status readOnly string enum=Disabled|Connecting|Connected|Error_Misconfigured|Error_BrokerUnreachable|Error default=Disabled
  param Interface readWrite string len=..256 ref=strong:Device.IP.Interface.{i}.
  param ProtocolVersion readWrite string enum=3.1.1|5.0 default=5.0
  param BrokerAddress readWrite string len=..256
  param BrokerPort readWrite unsignedInt range=1..65535 default=1883
  param TransportProtocol readWrite string enum=TCP/IP|TLS|WebSocket|WebSocketTLS default="TCP/IP"
  param CleanSession readWrite boolean default=true
  param CleanStart readWrite boolean default=true
  param WillEnable readWrite boolean
  param WillQoS readWrite unsignedInt range=0..2
  param WillRetain readWrite boolean
  param KeepAliveTime readWrite unsignedInt range=..65535 unit=seconds default=60
  param SessionExpiryInterval readWrite unsignedInt unit=seconds
  param ReceiveMaximum readWrite unsignedInt
  param MaximumPacketSize readWrite unsignedInt unit=byte
  param TopicAliasMaximum readWrite unsignedInt range=..65535
  param RequestResponseInfo readWrite boolean
  param RequestProblemInfo readWrite boolean
  param AuthenticationMethod readWrite string len=..256
  param ALPN readWrite string list len=..256
  param ClientID readWrite string len=..65535
  param WillDelayInterval readWrite unsignedInt unit=seconds default=5
  param WillMessageExpiryInterval readWrite unsignedInt unit=seconds
  param WillContentType readWrite string len=..256
  param WillResponseTopic readWrite string len=..65535
  param WillTopic readWrite string len=..65535
  param WillValue readWrite string len=..65535
  param Username readWrite string len=..256
  param Password readWrite string len=..256 secured
  param PublishMessageExpiryInterval readWrite unsignedInt unit=seconds
  param MessageRetryTime readWrite unsignedInt range=1.. unit=seconds default=5
  param ConnectRetryTime readWrite unsignedInt range=1.. unit=seconds default=5
  param ConnectRetryIntervalMultiplier readWrite unsignedInt range=1000..65535 default=2000
  param ConnectRetryMaxInterval readWrite unsignedInt range=1.. unit=seconds default=30720
  param ResponseInformation readOnly string len=..65535
  param SubscriptionNumberOfEntries readOnly unsignedInt
  command ForceReconnect() sync

object Device.MQTT.Client.{i}.Subscription.{i}. addDelete key Alias! key Topic
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean
  param Status readOnly string enum=Unsubscribed|Subscribed|Subscribing|Unsubscribing|Error default=Unsubscribed
  param Topic readWrite string len=..65535
  param QoS readWrite unsignedInt range=0..2

object Device.MQTT.Client.{i}.Stats. readOnly
  param BrokerConnectionEstablished readOnly dateTime
  param LastPublishMessageSent readOnly dateTime ignore
  param LastPublishMessageReceived readOnly dateTime ignore
  param PublishSent readOnly unsignedLong type=StatsCounter64 ignore
  param PublishReceived readOnly unsignedLong type=StatsCounter64 ignore
  param SubscribeSent readOnly unsignedLong type=StatsCounter64 ignore
  param UnSubscribeSent readOnly unsignedLong type=StatsCounter64 ignore
  param MQTTMessagesSent readOnly unsignedLong type=StatsCounter64 ignore
  param MQTTMessagesReceived readOnly unsignedLong type=StatsCounter64 ignore
  param ConnectionErrors readOnly unsignedInt type=StatsCounter32 ignore
  param PublishErrors readOnly unsignedInt type=StatsCounter32 ignore

object Device.STOMP. readOnly
  param ConnectionNumberOfEntries readOnly unsignedInt

object Device.STOMP.Connection.{i}. addDelete key Host,Username,VirtualHost key Alias!
  desc "A connection to a STOMP server."
  param Alias writeOnce string len=..64 type=Alias
  param Enable readWrite boolean default=false
  param Status readOnly string enum=Enabled|Disabled|Unknown|Connecting|ServerNotPresent|Error_Misconfigured|Error_AuthenticationFailure|Error default=Disabled
  param LastChangeDate readOnly dateTime
  param Host readWrite string len=..256
  param Port readWrite unsignedInt range=1..65535 default=61613
  param Username readWrite string len=..256
  param Password readWrite string len=..256 secured
  param VirtualHost readWrite string len=..256
  param EnableHeartbeats readWrite boolean default=false
  param OutgoingHeartbeat readWrite unsignedInt unit=milliseconds default=0
  param IncomingHeartbeat readWrite unsignedInt unit=milliseconds default=0
  param ServerRetryInitialInterval readWrite unsignedInt range=1..65535 unit=seconds default=60
  param ServerRetryIntervalMultiplier readWrite unsignedInt range=1000..65535 default=2000
  param ServerRetryMaxInterval readWrite unsignedInt range=1.. unit=seconds default=30720
  param EnableEncryption readWrite boolean default=true

object Device.UnixDomainSockets. readOnly
  param UnixDomainSocketNumberOfEntries readOnly unsignedInt

object Device.UnixDomainSockets.UnixDomainSocket.{i}. readOnly key Alias! key Path
  desc "A local socket for agents and controllers on this host."
  param Alias writeOnce string len=..64 type=Alias
  param Mode readOnly string enum=Listen|Connect default=Connect
  param Path readOnly string len=..4096
