using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Cluster.Coordination;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Protocol;
using PinnSweep.Cluster.Tests;
using PinnSweep.Numerics.Streams;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Testing.Histories;
using PinnSweep.Testing.Postgres;

namespace PinnSweep.Chaos;

/// <summary>
/// Three coordinators and four workers as processes of the real program on a real PostgreSQL server, a study of short trials that are not
/// really trained, and blows by the seed: kills, frozen processes, a database that is switched off. When it is quiet the journal, the
/// tables and the workers' logs are checked against the promise.
/// </summary>
internal sealed class ChaosRun(ChaosOptions options)
{
    private const int Coordinators = 3;
    private const int PacksOfAWorker = 2;
    private const int StepsOfATrial = 50;
    private const int PauseMilliseconds = 40;

    private static readonly TimeSpan BlowEvery = TimeSpan.FromSeconds(2);

    // After the last blow: time for the rest of the study, as long again as the blows at most.
    private static readonly TimeSpan LeastPatience = TimeSpan.FromMinutes(3);

    // A coordinator that was struck last is back by then, or another one in its place.
    private static readonly TimeSpan MetricsPatience = TimeSpan.FromMinutes(1);

    private readonly RandomStream _chance = new(options.Seed, "chaos");
    private readonly SortedDictionary<string, int> _blows = new(StringComparer.Ordinal);
    private readonly List<string> _story = [];
    private readonly List<(DateTimeOffset At, ChaosNode Node)> _thaws = [];
    private readonly List<(DateTimeOffset At, SmallDisk Disk)> _cleanings = [];
    private readonly List<Twin> _twins = [];
    private readonly Stopwatch _clock = new();
    private readonly BlobDamage _damage = new();
    private DateTimeOffset? _databaseBackAt;
    private StudyPlan? _grown;
    private int _crowded;
    private int _twinsBorn;
    private int _twinsRefused;

    public async Task<int> RunAsync(CancellationToken end)
    {
        if (PostgresServer.Absent is { } absent)
        {
            throw new UserMistakeException($"tests/chaos: {absent}");
        }

        var folder = Directory.CreateTempSubdirectory("pinnsweep-chaos-").FullName;
        using var server = PostgresServer.StartNew(flushes: true);
        var plan = options.IsSearch ? SearchStudy.Plan(options.Trials) : Plan();
        var setup = new ChaosSetup
        {
            Folder = folder,
            Program = ChaosSetup.BuiltBeside("PinnSweep", "pinnsweep"),
            Trainer = ChaosSetup.BuiltBeside("PinnSweep.FakeTrainer", "pinnsweep-fake-trainer"),
            Store = server.CreateDatabase(),
            Profile = Profile(folder),
            Slots = options.Lanes == 1 ? 4 : PacksOfAWorker,
            Lanes = options.Lanes,
        };
        using (var store = Store.Open(setup.Store))
        {
            store.Studies.Save(plan, "study: chaos");
        }

        ChaosNode[] nodes =
        [
            .. Enumerable.Range(1, Coordinators).Select(number => new ChaosNode(setup, Name("coordinator", number), coordinates: true)),
            .. Enumerable.Range(1, options.Workers).Select(number => new ChaosNode(setup, Name("worker", number), coordinates: false)),
        ];
        setup.Seeds = [.. nodes.Take(Coordinators + 2).Select(node => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{node.Port}"))];
        try
        {
            foreach (var worker in nodes.Where(node => !node.Coordinates))
            {
                worker.MountDisk();
            }

            if (nodes.All(node => node.Disk is null))
            {
                Console.WriteLine("no full work disks in this run: mounting small file systems takes root");
            }

            var settled = await LiveAsync(nodes, server, setup, plan, end);
            var measured = settled ? await MeasureAsync(nodes, server, setup) : [];
            var record = await RecordAsync(setup, plan, nodes);
            _crowded = nodes.Where(node => !node.Coordinates).Sum(node => Logged(Path.Combine(setup.Folder, node.Name, "logs"), "PackNarrowed"));
            return Report(record, settled, measured, nodes, folder);
        }
        finally
        {
            foreach (var twin in _twins)
            {
                twin.Dispose();
            }

            foreach (var node in nodes)
            {
                node.Dispose();
            }

            if (options.Keep)
            {
                Console.WriteLine($"kept: {folder}");
            }
            else
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>Blows for so many minutes, then as long as it takes to become quiet. False when it does not.</summary>
    private async Task<bool> LiveAsync(ChaosNode[] nodes, PostgresServer server, ChaosSetup setup, StudyPlan plan, CancellationToken cancel)
    {
        _clock.Start();
        foreach (var node in nodes)
        {
            Supervise(node);
        }

        await using var watcher = new Watcher(setup);
        var blows = TimeSpan.FromMinutes(options.Minutes);
        var end = blows + (blows > LeastPatience ? blows : LeastPatience);
        var isSubmitted = false;
        var status = Task.FromResult<StudyProtocol.StudyStatus?>(null);
        StudyProtocol.StudyStatus? last = null;
        var nextBlow = TimeSpan.FromSeconds(20);
        var nextLine = TimeSpan.Zero;
        while (_clock.Elapsed < end)
        {
            foreach (var node in nodes)
            {
                Supervise(node);
            }

            Restore(server);
            if (!isSubmitted)
            {
                isSubmitted = await watcher.AskAsync<StudyProtocol.StudyAnswer>(new StudyProtocol.SubmitRequest(plan.Hash)) is { IsKnown: true };
            }
            else if (status.IsCompleted)
            {
                last = await status ?? last;
                status = watcher.AskAsync<StudyProtocol.StudyStatus>(new StudyProtocol.GetStudy(plan.Hash));
            }

            if (last is { IsSettled: true } && _twins.Count == 0)
            {
                if (!_damage.TakeUnseen())
                {
                    return true;
                }

                // Whoever submits a study again, or reads its report, finds the damage; the trials are trained again.
                (last, isSubmitted, status) = (null, false, Task.FromResult<StudyProtocol.StudyStatus?>(null));
            }

            if (isSubmitted && _clock.Elapsed < blows && _clock.Elapsed >= nextBlow)
            {
                nextBlow = _clock.Elapsed + (BlowEvery * (0.5 + _chance.NextDouble()));
                Strike(nodes, server, setup);
            }

            if (_clock.Elapsed >= nextLine)
            {
                nextLine += TimeSpan.FromSeconds(15);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_clock.Elapsed:mm\\:ss}  {last?.Accepted ?? 0}/{last?.Planned ?? plan.Trials.Length} accepted, {last?.Quarantined ?? 0} quarantined, {last?.RunningCount ?? 0} running, {_blows.Values.Sum()} blows"));
            }

            await Task.Delay(100, cancel);
        }

        return false;
    }

    private void Strike(ChaosNode[] nodes, PostgresServer server, ChaosSetup setup)
    {
        var coordinators = nodes.Where(node => node.Coordinates).ToArray();
        var workers = nodes.Where(node => !node.Coordinates && node is { IsAlive: true, IsFrozen: false }).ToArray();
        var now = TimeProvider.System.GetUtcNow();
        var chance = _chance.NextInt(100);
        var one = _chance.NextInt(1000);
        switch (chance)
        {
            case < 3 when _damage.Strike(server, new Uri(setup.Store).AbsolutePath[1..], one) is { } blob:
                Blow("stored blob damaged", blob);
                break;
            case < 7 when Pick(workers, one) is { Disk: { IsFull: false } disk } worker:
                Blow("work disk full for up to 12 s", worker.Name);
                disk.Fill();
                _cleanings.Add((now + TimeSpan.FromSeconds(2 + (_chance.NextDouble() * 10)), disk));
                break;
            case < 10 when _twins.Count < 2 && Pick(workers, one) is { } worker:
                Blow("second node of the same name", worker.Name);
                _twins.Add(new(setup, worker, Path.Combine(setup.Folder, string.Create(CultureInfo.InvariantCulture, $"twin-{++_twinsBorn}"))));
                break;
            case < 81 when Pick(workers, one) is { } worker && worker.Trainers() is { Count: > 0 } trainers:
                Blow("trainer killed", worker.Name);
                Signals.Send(trainers[one % trainers.Count], Signals.Kill);
                break;
            case < 90 when Pick(workers, one) is { } worker:
                Blow("worker killed", worker.Name);
                worker.Kill(now + TimeSpan.FromSeconds(1 + (_chance.NextDouble() * 3)));
                break;
            case < 95 when AreUp(coordinators, now):
                var coordinator = Pick(coordinators, one)!;
                Blow("coordinator killed", coordinator.Name);
                coordinator.Kill(now + TimeSpan.FromSeconds(1 + (_chance.NextDouble() * 4)));
                break;
            case < 97 when Pick(workers, one) is { } worker:
                Blow("worker frozen for up to 25 s", worker.Name);
                worker.Freeze();
                _thaws.Add((now + TimeSpan.FromSeconds(2 + (_chance.NextDouble() * 23)), worker));
                break;
            case < 98 when AreUp(coordinators, now):
                var frozen = Pick(coordinators, one)!;
                Blow("coordinator frozen for up to 15 s", frozen.Name);
                frozen.Freeze();
                _thaws.Add((now + TimeSpan.FromSeconds(2 + (_chance.NextDouble() * 13)), frozen));
                break;
            case >= 98 when server.IsRunning:
                Blow("database switched off for up to 8 s", "postgresql");
                server.Stop();
                _databaseBackAt = now + TimeSpan.FromSeconds(1 + (_chance.NextDouble() * 7));
                break;
        }
    }

    /// <summary>One coordinator at a time: two of three gone is no cluster any more, whoever built it.</summary>
    private static bool AreUp(ChaosNode[] coordinators, DateTimeOffset now) =>
        coordinators.All(node => node is { IsAlive: true, IsFrozen: false } && now - node.StartedAt > TimeSpan.FromSeconds(15));

    private void Restore(PostgresServer server)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (_databaseBackAt <= now)
        {
            _databaseBackAt = null;
            server.Start();
        }

        foreach (var thaw in _thaws.Where(thaw => thaw.At <= now).ToArray())
        {
            _thaws.Remove(thaw);
            thaw.Node.Thaw();
        }

        foreach (var cleaning in _cleanings.Where(cleaning => cleaning.At <= now).ToArray())
        {
            _cleanings.Remove(cleaning);
            cleaning.Disk.Empty();
        }

        foreach (var twin in _twins.Where(twin => twin.IsOver()).ToArray())
        {
            _twins.Remove(twin);
            _twinsRefused += twin.ExitCode == 1 ? 1 : 0;
            Tell(string.Create(CultureInfo.InvariantCulture, $"the twin of {twin.Of.Name} {(twin.ExitCode is { } code ? $"ended with exit code {code}" : "had its name and was ended")}"));
        }
    }

    private void Supervise(ChaosNode node)
    {
        if (node.Supervise(TimeProvider.System.GetUtcNow()) is { } code)
        {
            Tell(string.Create(CultureInfo.InvariantCulture, $"{node.Name} ended by itself with exit code {code} and is started again"));
        }
    }

    /// <summary>Where metrics and store differ, once whoever was struck last is back.</summary>
    private async Task<ImmutableArray<string>> MeasureAsync(ChaosNode[] nodes, PostgresServer server, ChaosSetup setup)
    {
        foreach (var node in nodes.Where(node => node.IsFrozen))
        {
            node.Thaw();
        }

        while (!server.IsRunning)
        {
            Restore(server);
            await Task.Delay(100);
        }

        using var store = Store.Open(setup.Store);
        using var check = new MetricsCheck();
        var end = _clock.Elapsed + MetricsPatience;
        while (true)
        {
            foreach (var node in nodes)
            {
                Supervise(node);
            }

            var planned = (int)store.Connections.Query("select count(*) from trials", row => row.GetInt64(0))[0];
            var differences = await check.DifferencesAsync(nodes.Where(node => node.Coordinates), store.Decisions.Counts(), planned);
            if (differences.IsEmpty || _clock.Elapsed > end)
            {
                return differences;
            }

            await Task.Delay(500);
        }
    }

    private async Task<SweepRecord> RecordAsync(ChaosSetup setup, StudyPlan plan, ChaosNode[] nodes)
    {
        AttemptId[] Acknowledged() => [.. nodes.Where(node => !node.Coordinates).SelectMany(node => AcknowledgedBy(Path.Combine(setup.Folder, node.Name, "logs")))];

        using var store = Store.Open(setup.Store);
        // The last acknowledgements are logged, then everybody stops. A worker that was killed between the two logs none.
        var deadline = _clock.Elapsed + TimeSpan.FromSeconds(10);
        while (_clock.Elapsed < deadline && Acknowledged().Length < store.Connections.Query("select count(*) from results", row => row.GetInt64(0))[0])
        {
            await Task.Delay(200);
        }

        foreach (var node in nodes)
        {
            node.Dispose();
        }

        plan = store.Studies.StagedPlanOf(plan.Hash) ?? plan;
        _grown = plan;
        var results = store.Studies.LoadResults(plan).Results;
        var attempts = store.Connections.Query("select key, attempt from results", row => (Key: new TrialKey(row.GetString(0)), Attempt: Convert.ToInt32(row.GetValue(1), CultureInfo.InvariantCulture)));
        return new(
            [.. plan.Trials.Select(trial => trial.Key)],
            JournalReader.ReadAll(store),
            // Others were damaged, and the run ended before they were trained again.
            attempts.Where(row => results.ContainsKey(row.Key)).ToImmutableDictionary(row => row.Key, row => (row.Attempt, Content(results[row.Key].Final.RelativeL2))),
            plan.Trials.ToImmutableDictionary(trial => trial.Key, trial => Content(FakeTraining.ErrorOf(trial.Description))),
            [.. Acknowledged()],
            nodes.Where(node => !node.Coordinates).ToImmutableDictionary(node => node.Name, _ => setup.Slots * setup.Lanes));
    }

    private int Report(SweepRecord record, bool settled, ImmutableArray<string> measured, ChaosNode[] nodes, string folder)
    {
        var broken = HistoryChecker.Check(record);
        var state = CoordinatorState.Empty.ApplyAll(record.Journal);
        var kills = _blows.Where(blow => blow.Key.EndsWith("killed", StringComparison.Ordinal)).Sum(blow => blow.Value);
        File.WriteAllLines(Path.Combine(folder, "story.txt"), _story);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chaos, seed {options.Seed}: {_clock.Elapsed.TotalMinutes:0.0} minutes, {kills} kills"));
        foreach (var (what, count) in _blows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count,5}  {what}"));
        }

        void Line(string what, object value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {value,5}  {what}"));
        Line("trials planned", record.Planned.Length);
        Line("accepted", record.Stored.Count);
        Line("quarantined with evidence", state.Trials.Values.Count(trial => trial.Phase is TrialPhase.Quarantined));
        Line("attempts granted", record.Journal.OfType<TrialLeased>().Count());
        Line("faults", record.Journal.OfType<TrialFaulted>().Count());
        Line("results and checkpoints that the store lost", record.Journal.Count(happened => happened is TrialResultLost or TrialCheckpointLost));
        Line("second nodes of a name refused", _twinsRefused);
        Line("coordinators that began", record.Journal.OfType<EpochBegan>().Count());
        Line("longest pause between grants while trials waited, s", LongestPause(record.Journal));
        Line("results acknowledged to workers", record.Acknowledged.Length);
        Line("packs that had fewer lanes after a crash of several trials", _crowded);
        Line("processes started", nodes.Sum(node => node.Starts));
        Line("operator steps", 0);
        // One that the store lost makes room for another.
        var lost = record.Journal.OfType<TrialResultLost>().CountBy(happened => happened.Key).ToDictionary();
        var twice = record.Journal.OfType<TrialAccepted>().CountBy(happened => happened.Key).Count(trial => trial.Value > 1 + lost.GetValueOrDefault(trial.Key));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{broken.Count(finding => finding.StartsWith("(b)", StringComparison.Ordinal))} lost, {twice} accepted twice, {broken.Length} findings of the checker{(settled ? "" : "; it did not become quiet in time")}"));
        Console.WriteLine(
            !settled ? "metrics were not compared with the store"
            : measured.IsEmpty ? "the coordinator's metrics equal the counts of the store"
            : "the coordinator's metrics and the counts of the store differ");
        foreach (var finding in broken.Concat(measured).Take(20))
        {
            Console.WriteLine($"  {finding}");
        }

        if (options.IsSearch)
        {
            var differing = SearchStudy.Compare(_grown!, options.Trials, record.Journal);
            Console.WriteLine(differing.IsEmpty
                ? string.Create(CultureInfo.InvariantCulture, $"{_grown!.Stages.Length} stages, {_grown.Trials.Length} trials: proposals, choices and looks are those of an undisturbed run; digest {SearchStudy.DigestOf(_grown)[..16]}")
                : string.Join('\n', differing));
            settled &= differing.IsEmpty;
        }

        settled &= measured.IsEmpty;
        if (!broken.IsEmpty || !settled)
        {
            Console.WriteLine($"the same blows in the same order: tests/chaos --minutes {options.Minutes.ToString(CultureInfo.InvariantCulture)} --seed {options.Seed} --keep");
        }

        return broken.IsEmpty && settled ? 0 : 2;
    }

    /// <summary>Between two grants while something waited: what a coordinator's death costs at most.</summary>
    private static string LongestPause(ImmutableArray<SweepEvent> journal)
    {
        var grants = journal.OfType<TrialLeased>().Select(leased => leased.At).Order().ToArray();
        return grants.Length < 2 ? "n/a" : grants.Zip(grants.Skip(1), (a, b) => b - a).Max().TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
    }

    private StudyPlan Plan()
    {
        // One in forty is poison, one in forty hangs once; the rest is calm. What ends a trainer ends the trials beside it too, so fewer with lanes.
        var poison = Math.Max(1, options.Trials / (40 * options.Lanes));
        var calm = options.Trials - (2 * poison);
        var plans = new[]
        {
            TestStudies.Plan("chaos", StepsOfATrial, calm, TestStudies.Calm(PauseMilliseconds)),
            TestStudies.Plan("poison", StepsOfATrial, poison, TestStudies.Scripted("abort", at: 10, pause: PauseMilliseconds)),
            TestStudies.Plan("hang", StepsOfATrial, poison, TestStudies.Scripted("hang", at: 10, times: 1, pause: PauseMilliseconds)),
        };
        // Dealt in turn, so that every kind runs at every time.
        ImmutableArray<PlannedTrial> trials = [.. plans.SelectMany((plan, kind) => plan.Trials.Select((trial, index) => (Trial: trial with { CellIndex = kind }, At: (index + 0.5) / plan.Trials.Length))).OrderBy(item => item.At).Select(item => item.Trial)];
        return plans[0] with { Cells = [.. plans.Select(plan => plan.Cells[0])], Trials = trials, Hash = string.Create(CultureInfo.InvariantCulture, $"chaos-{options.Seed}-{options.Trials}") };
    }

    private static string Profile(string folder)
    {
        var path = Path.Combine(folder, "chaos.conf");
        File.WriteAllText(path, NodeProfile.Text("ha") + """

            # Leases short enough to see them run out, and checkpoints as often as trials are short.
            pinnsweep { lease-duration = 15s, offer-timeout = 8s, disk-floor = 1m, checkpoint-every = 1s, progress-every = 2s, hang-timeout = 10s, lost-worker-limit = 50, fault-limit = 12 }
            """);
        return path;
    }

    private static int Logged(string logs, string name) =>
        Directory.Exists(logs) ? Directory.EnumerateFiles(logs, "*.jsonl").SelectMany(File.ReadLines).Count(line => line.Contains($"\"Name\":\"{name}\"", StringComparison.Ordinal)) : 0;

    private static IEnumerable<AttemptId> AcknowledgedBy(string logs) =>
        from file in Directory.Exists(logs) ? Directory.EnumerateFiles(logs, "*.jsonl") : []
        from line in File.ReadLines(file)
        where line.Contains("is acknowledged; counted", StringComparison.Ordinal)
        let said = Parse(line)
        where said is { Counted: true }
        select said.Value.Attempt;

    private static (AttemptId Attempt, bool Counted)? Parse(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return (new(new(root.GetProperty("TrialKey").GetString()!), root.GetProperty("Attempt").GetInt32()), root.GetProperty("Counted").GetBoolean());
        }
        catch (JsonException)
        {
            // The last line of a process that was killed.
            return null;
        }
    }

    private static string Content(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static ChaosNode? Pick(ChaosNode[] nodes, int chance) => nodes.Length == 0 ? null : nodes[chance % nodes.Length];

    private static string Name(string role, int number) => string.Create(CultureInfo.InvariantCulture, $"{role}-{number}");

    private void Blow(string what, string whom)
    {
        _blows[what] = _blows.GetValueOrDefault(what) + 1;
        Tell($"{what}: {whom}");
    }

    private void Tell(string what) => _story.Add(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed:mm\\:ss\\.f}  {what}"));
}
