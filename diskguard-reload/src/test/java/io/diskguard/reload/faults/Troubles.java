/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.faults;

import static io.diskguard.reload.faults.Trouble.of;
import static io.diskguard.reload.faults.Trouble.told;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DeviceLimits;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoPressure;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.CgroupDriver.ApplyResult;
import io.diskguard.spi.CgroupDriver.ReadResult;
import io.diskguard.spi.CgroupWatch.Event;
import io.diskguard.spi.ContainerDisks.Place;
import io.diskguard.spi.ContainerDisks.Places;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.IoSignals.Signal;
import io.diskguard.spi.IoStatsSource.Counting;
import io.diskguard.spi.IoStatsSource.Sample;
import io.diskguard.spi.IoStatsSource.Sink;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.LimitPolicy.Proposal;
import io.diskguard.spi.LimitPolicy.Proposed;
import io.diskguard.spi.PodCgroups.ContainerCgroup;
import io.diskguard.spi.PodSource.Snapshot;
import io.diskguard.spi.ReadBuffer;
import io.diskguard.spi.RuntimeResolver.Resolution;
import io.diskguard.spi.StateStore;
import io.diskguard.testkit.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What can go wrong with each operation, beside what can with any: it throws, hangs, or answers late. */
final class Troubles {
    private static final DeviceId OTHER_DISK = new DeviceId(8, 0);
    static final CgroupPath NOWHERE = new CgroupPath("/system.slice/sshd.service");
    private static final String LONG = "x".repeat(10 << 20);
    private static final IoLimit WRONG = Scene.writes(999);

    private Troubles() {}

    /** Of any operation. */
    static List<Trouble> ofAny() {
        return List.of(
                told("throws", Fault.fail(() -> new IllegalStateException("broken for the test"))),
                told("lacks a class", Fault.fail(() -> new NoClassDefFoundError("com/example/Missing"))),
                told("overflows the stack", Fault.fail(StackOverflowError::new)),
                new Trouble(
                        "comes late",
                        false,
                        scene -> once(() -> {
                            scene.replaceIll();
                            scene.reconfigure();
                        })));
    }

    private static Fault once(Runnable meanwhile) {
        var done = new AtomicBoolean();
        return Fault.late(() -> {
            if (!done.getAndSet(true)) {
                meanwhile.run();
            }
        });
    }

    /** By operation; none only where there is nothing to answer and nothing to leave undone. */
    static Map<String, List<Trouble>> byOperation() {
        var all = new TreeMap<String, List<Trouble>>();
        files(all);
        driver(all);
        pods(all);
        plugins(all);
        load(all);
        listener(all);
        return all;
    }

    private static void files(Map<String, List<Trouble>> all) {
        all.put("CgroupFs.mountPoint()", nulls());
        all.put("CgroupFs.read(CgroupPath,String,ReadBuffer)", reads());
        all.put("ControlFile.read(ReadBuffer)", reads());
        all.put("CgroupFs.file(CgroupPath,String)", nulls());
        all.put("CgroupFs.write(CgroupPath,String,String)", concat(refusals(), untrueRefusals(), lostWrites()));
        all.put(
                "CgroupFs.exists(CgroupPath)",
                List.of(of("says no", Fault.garbage(false)), of("says yes", Fault.garbage(true))));
        all.put(
                "CgroupFs.exists(CgroupPath,String)",
                List.of(of("says no", Fault.garbage(false)), of("says yes", Fault.garbage(true))));
        all.put(
                "CgroupFs.children(CgroupPath)",
                concat(
                        nulls(),
                        List.of(
                                of("has none", Fault.garbage(List.of())),
                                of("has a null", Fault.garbage(Arrays.asList("a", null))),
                                of("has no names", Fault.garbage(List.of("..", "", "a/b", "a\nb"))),
                                of("has strange names", names(List.of("pod", "pod-", "\u0001", "kubepods"))),
                                of(
                                        "has many",
                                        names(IntStream.range(0, 1000)
                                                .mapToObj(i -> "c" + i)
                                                .toList())))));
        all.put("CgroupFs.mkdir(CgroupPath)", refusals());
        all.put("CgroupFs.rmdir(CgroupPath)", refusals());
        all.put("CgroupFs.attribute(CgroupPath,String)", attributes());
        all.put("CgroupFs.setAttribute(CgroupPath,String,String)", concat(refusals(), untrueRefusals()));
        all.put("CgroupFs.removeAttribute(CgroupPath,String)", concat(refusals(), untrueRefusals()));
        all.put("CgroupFs.openWatch()", concat(nulls(), List.of(of("has none", Fault.garbage(Optional.empty())))));
        all.put("CgroupWatch.watch(CgroupPath)", refusals());
        all.put(
                "CgroupWatch.take(Duration)",
                concat(
                        nulls(),
                        List.of(
                                of("loses it", Fault.misreported(Optional.empty())),
                                of("makes one up", once(Optional.of(new Event.Appeared(NOWHERE)))),
                                of("lost some", once(Optional.of(new Event.Overflow(CgroupPath.ROOT)))),
                                of("lost the root", once(Optional.of(new Event.Gone(CgroupPath.ROOT)))))));
        all.put("CgroupWatch.close()", undone());
    }

    /** At a pod, and not below. */
    private static Fault names(List<String> names) {
        return call ->
                call.argument(CgroupPath.class).orElseThrow().name().startsWith("poduid") ? names : call.proceed();
    }

    /** That at the first call, and as it should be later. */
    private static Fault once(Object answer) {
        var done = new AtomicBoolean();
        return call -> done.getAndSet(true) ? call.proceed() : answer;
    }

    private static void driver(Map<String, List<Trouble>> all) {
        all.put("CgroupDriver.hierarchy()", nulls());
        all.put(
                "CgroupDriver.apply(CgroupPath,DeviceId,IoLimit)",
                concat(
                        nulls(),
                        errnos().map(errno -> told(
                                        "is rejected " + errno, Fault.garbage(new ApplyResult.Rejected(errno, "no"))))
                                .toList(),
                        List.of(
                                of("says it is gone", Fault.garbage(new ApplyResult.Gone())),
                                told("says off", Fault.garbage(new ApplyResult.ControllerOff("off"))),
                                told("does nothing", Fault.garbage(new ApplyResult.Applied())),
                                told(
                                        "says rejected though it took it",
                                        Fault.misreported(new ApplyResult.Rejected(Errno.OTHER, "no"))))));
        all.put(
                "CgroupDriver.read(CgroupPath)",
                concat(
                        nulls(),
                        someErrnos()
                                .map(errno -> told("fails " + errno, Fault.garbage(new ReadResult.Failed(errno, "no"))))
                                .toList(),
                        List.of(
                                of("says it is gone", Fault.garbage(new ReadResult.Gone())),
                                told("says off", Fault.garbage(new ReadResult.ControllerOff("off"))),
                                of(
                                        "finds nothing",
                                        Fault.garbage(new ReadResult.Found(new DeviceLimits(new TreeMap<>())))),
                                of("finds another disk", Fault.garbage(found(OTHER_DISK))),
                                of("finds another number", Fault.garbage(found(Scene.DISK))))));
        all.put("CgroupDriver.clear(CgroupPath,DeviceId)", all.get("CgroupDriver.apply(CgroupPath,DeviceId,IoLimit)"));
        all.put("CgroupDriver.close()", undone());
    }

    private static ReadResult found(DeviceId disk) {
        return new ReadResult.Found(new DeviceLimits(new TreeMap<>(Map.of(disk, WRONG))));
    }

    private static void pods(Map<String, List<Trouble>> all) {
        all.put(
                "PodCgroups.find(Pod,ContainerId)",
                concat(nulls(), List.of(of("finds nothing", Fault.garbage(Optional.empty())))));
        all.put(
                "PodCgroups.containersOf(Pod)",
                concat(
                        nulls(),
                        List.of(
                                of("finds nothing", Fault.garbage(List.of())),
                                of("has a null", Fault.garbage(Collections.singletonList(null))),
                                of(
                                        "finds one that is gone",
                                        Fault.garbage(List.of(
                                                new ContainerCgroup(new CgroupPath("/kubepods/gone"), "gone")))))));
        all.put("PodCgroups.onAppeared(Consumer)", undone());
        all.put("PodCgroups.refresh()", undone());
        all.put("PodCgroups.close()", undone());
        all.put(
                "PodSource.snapshot()",
                concat(
                        nulls(),
                        List.of(
                                of("does not know", Fault.garbage(new Snapshot.Unknown("broken for the test"))),
                                of("knows none, and not all", Fault.garbage(new Snapshot.Synced(List.of(), false))))));
        all.put("PodSource.find(String)", undone());
        all.put("PodSource.onChange(Consumer)", undone());
        all.put("PodSource.close()", undone());
    }

    private static void plugins(Map<String, List<Trouble>> all) {
        all.put(
                "RuntimeResolver.resolve(ContainerId)",
                concat(
                        nulls(),
                        List.of(
                                of("says gone", Fault.garbage(new Resolution.Gone())),
                                of("does not know", Fault.garbage(new Resolution.Unknown("broken for the test"))),
                                of("finds the root", Fault.garbage(found(CgroupPath.ROOT, "a"))),
                                of("finds a service", Fault.garbage(found(NOWHERE, "a"))),
                                of(
                                        "finds another's",
                                        Fault.garbage(found(
                                                new CgroupPath("/kubepods/burstable/poduid-ok-calm/ok-calm-app"),
                                                "a"))),
                                of(
                                        "knows no name",
                                        Fault.garbage(new Resolution.Found(
                                                NOWHERE,
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty(),
                                                false))))));
        all.put("RuntimeResolver.close()", undone());
        all.put(
                "ContainerDisks.of(Pod,Container,CgroupPath)",
                concat(
                        nulls(),
                        List.of(
                                of("does not know", Fault.garbage(new Places.Unknown("broken for the test"))),
                                of(
                                        "cannot tell",
                                        Fault.garbage(new Places.Known(
                                                List.of(new Place.Untold(Optional.of("data"), List.of()))))))));
        all.put("ContainerDisks.look()", nulls());
        all.put(
                "LimitEscapes.of(Asked)",
                concat(nulls(), List.of(of("has a null", Fault.garbage(Collections.singletonList(null))))));
        all.put("LimitEscapes.look()", nulls());
        all.put("LimitPolicy.phase()", nulls());
        all.put("LimitPolicy.order()", List.of(of("is null", Fault.garbage(null))));
        all.put("LimitPolicy.name()", nulls());
        all.put(
                "LimitPolicy.propose(Subject)",
                concat(
                        List.of(told("answers null", Fault.garbage(null)), told("answers a number", Fault.garbage(7))),
                        List.of(
                                told("proposes no rate", Fault.garbage(proposal(null))),
                                told("proposes a null", Fault.garbage(nullProposal())),
                                of("abstains", Fault.garbage(Proposal.ABSTAIN)))));
    }

    private static Resolution found(CgroupPath cgroup, String name) {
        return new Resolution.Found(cgroup, Optional.of(name), Optional.empty(), Optional.empty(), false);
    }

    private static Proposal proposal(Rate rate) {
        return new Proposal(Map.of(LimitKey.WIOPS, new Proposed(rate, "test")), List.of());
    }

    private static Proposal nullProposal() {
        var numbers = new HashMap<LimitKey, Proposed>();
        numbers.put(LimitKey.WIOPS, null);
        return new Proposal(numbers, List.<LimitPolicy.Problem>of());
    }

    private static void load(Map<String, List<Trouble>> all) {
        all.put(
                "IoStatsSource.sample(CgroupPath,Sink)",
                concat(
                        nulls(),
                        List.of(
                                of("cannot say", Fault.garbage(new Sample.Unavailable("broken for the test"))),
                                of("says it is gone", Fault.garbage(Sample.GONE)),
                                of("counts nothing", Fault.garbage(Sample.COUNTED)),
                                of("counts another disk", counting(OTHER_DISK, 5)),
                                of("counts below nothing", counting(Scene.DISK, Long.MIN_VALUE)),
                                of(
                                        "is very old",
                                        Fault.misreported(new Sample.Counted(Duration.ofSeconds(Long.MAX_VALUE)))))));
        all.put("IoStatsSource.lastSource()", nulls());
        all.put(
                "IoStatsSource.startCounting(DeviceId)",
                concat(nulls(), List.of(of("is off", Fault.garbage(new Counting.Off("off"))))));
        all.put(
                "IoStatsSource.counting(DeviceId)",
                concat(nulls(), List.of(of("is off", Fault.garbage(new Counting.OnlyThrottled("some"))))));
        all.put("IoStatsSource.close()", undone());
        var much = new IoPressure.Share(1e300, 1e300, 0, Long.MAX_VALUE);
        all.put(
                "IoSignals.ofCgroup(CgroupPath)",
                concat(
                        nulls(),
                        List.of(of("is beyond all measure", call -> new Signal.Known<>(new IoPressure(much, much))))));
        all.put("IoSignals.ofNode()", nulls());
        all.put(
                "IoSignals.activity(DeviceId)",
                concat(
                        nulls(),
                        List.of(
                                of("is gone", Fault.garbage(new Signal.Gone<>())),
                                of(
                                        "is beyond all measure",
                                        call -> new Signal.Known<>(new DiskActivity(
                                                Long.MAX_VALUE, 0, 0, Long.MAX_VALUE, 0, 0, 0, Long.MAX_VALUE, 0))))));
        all.put(
                "StateStore.read(String)",
                concat(
                        nulls(),
                        List.of(
                                of("knows nothing", Fault.garbage(Map.of())),
                                of(
                                        "says garbage",
                                        Fault.garbage(Map.of(
                                                "iops-limit/limit",
                                                "{\u0000",
                                                "iops-limit/smart-limit",
                                                "9".repeat(400),
                                                "iops-limit/triggered-by",
                                                "x"))))));
        all.put(
                "StateStore.patch(PodRef,Map)",
                concat(
                        nulls(),
                        List.of(
                                told("fails", stage(new StateStore.Result.Failed("broken for the test"))),
                                told("is forbidden", stage(new StateStore.Result.Forbidden("broken for the test"))),
                                told("is rejected", stage(new StateStore.Result.Rejected("broken for the test"))),
                                of("is gone", stage(new StateStore.Result.Gone())),
                                told("ends with null", stage(null)),
                                told(
                                        "ends badly",
                                        Fault.garbage(CompletableFuture.failedFuture(
                                                new IllegalStateException("broken for the test")))),
                                of("never ends", Fault.garbage(new CompletableFuture<>())))));
        all.put("StateStore.retain(Set)", undone());
        all.put("StateStore.close()", undone());
    }

    private static Fault stage(StateStore.Result result) {
        return Fault.garbage(CompletableFuture.completedFuture(result));
    }

    private static Fault counting(DeviceId disk, long number) {
        return call -> {
            call.argument(Sink.class).orElseThrow().counted(disk, number, number, number, number);
            return Sample.COUNTED;
        };
    }

    private static void listener(Map<String, List<Trouble>> all) {
        Borders.operations().stream()
                .filter(operation -> operation.startsWith("DiskGuardListener."))
                .forEach(operation -> all.put(operation, undone()));
    }

    /** The kernel's reasons. */
    private static Stream<Errno> errnos() {
        return Arrays.stream(Errno.values());
    }

    private static Stream<Errno> someErrnos() {
        return Stream.of(Errno.ENODEV, Errno.EINVAL, Errno.OTHER);
    }

    private static List<Trouble> nulls() {
        return List.of(of("answers null", Fault.garbage(null)));
    }

    private static List<Trouble> undone() {
        return List.of(of("does nothing", Fault.garbage(null)));
    }

    private static List<Trouble> refusals() {
        return concat(
                errnos().map(errno -> new Trouble(
                                "fails " + errno,
                                errno != Errno.ENOENT && errno != Errno.ENODEV,
                                scene -> Fault.garbage(FsResult.failed(errno, "fault " + errno))))
                        .toList(),
                nulls());
    }

    /** Some calls fail: of v1's four writes for one limit the second and the fourth. */
    private static List<Trouble> untrueRefusals() {
        return List.of(
                told("says failed though it is done", Fault.misreported(FsResult.failed(Errno.OTHER, "fault EIO"))),
                new Trouble("fails each second time", true, scene -> {
                    var odd = new AtomicBoolean();
                    return call -> {
                        var fails = odd.get();
                        odd.set(!fails);
                        return fails ? FsResult.failed(Errno.OTHER, "fault EIO") : call.proceed();
                    };
                }));
    }

    private static List<Trouble> lostWrites() {
        return List.of(told("does nothing", Fault.garbage(FsResult.OK)));
    }

    private static List<Trouble> reads() {
        return concat(
                refusals().stream()
                        .filter(it -> !it.name().equals("answers null"))
                        .toList(),
                List.of(
                        text("nothing", ""),
                        text("a torn line", "259:0 rbps=max wbps=max riops=max wio"),
                        text("a torn number", "259:0 9"),
                        text("no device", "rbps=1 wbps=2\n:0 7\n259: 8\n"),
                        text("another disk", "8:0 rbps=max wbps=max riops=max wiops=999\n8:0 999\n"),
                        text(
                                "unknown keys",
                                "259:0 rbps=max wbps=max riops=max wiops=max xiops=9 =\n259:0 Discard 1\n"),
                        text(
                                "a number above 64 bits",
                                "259:0 rbps=99999999999999999999999 wbps=max riops=max wiops=99999999999999999999\n259:0 99999999999999999999\n"),
                        text("a number below zero", "259:0 rbps=-1 wbps=max riops=max wiops=-7\n259:0 -7\n"),
                        text("binary", "\u0000\u0001\u00ff259:0\u0000"),
                        text("ten megabytes", LONG)));
    }

    private static Trouble text(String name, String text) {
        return of("reads " + name, call -> {
            call.argument(ReadBuffer.class).orElseThrow().set(text.getBytes(StandardCharsets.UTF_8));
            return FsResult.OK;
        });
    }

    private static List<Trouble> attributes() {
        var now = "\"at\":\"2026-01-01T00:00:00Z\"";
        return concat(
                nulls(),
                errnos().map(errno -> new Trouble(
                                "fails " + errno,
                                errno != Errno.EOPNOTSUPP,
                                scene -> Fault.garbage(new AttributeResult.Failed(errno, "fault " + errno))))
                        .toList(),
                List.of(
                        of("is absent", Fault.garbage(AttributeResult.ABSENT)),
                        attribute("nothing", ""),
                        attribute("a torn one", "{\"v\":1,\"d\":{\"259:0\":{\"l\":[0,"),
                        attribute("binary", "\u0000\u0001\u00ff"),
                        attribute("another version", "{\"v\":2,\"d\":{}}"),
                        attribute(
                                "another number",
                                "{\"v\":1,\"d\":{\"259:0\":{\"l\":[0,9,0,0],\"o\":\"x\"," + now + "}}}"),
                        attribute(
                                "a number above 64 bits",
                                "{\"v\":1,\"d\":{\"259:0\":{\"l\":[0,99999999999999999999,0,0],\"o\":\"x\"," + now
                                        + "}}}"),
                        attribute("deep", "{\"v\":1,\"d\":" + "[".repeat(100_000)),
                        attribute("ten megabytes", LONG)));
    }

    private static Trouble attribute(String name, String text) {
        return of("reads " + name, Fault.garbage(new AttributeResult.Present(text)));
    }

    private static List<Trouble> concat(List<Trouble> some, List<Trouble> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static List<Trouble> concat(List<Trouble> some, List<Trouble> more, List<Trouble> most) {
        return concat(concat(some, more), most);
    }
}
