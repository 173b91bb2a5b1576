using System.Collections.Concurrent;
using System.Text.Json;
using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Messages;
using PinnSweep.Training.Results;

namespace PinnSweep.Trainer;

/// <summary>
/// One trainer process: a thread reads commands, so that <see cref="TrainerProtocol.Stop"/> and the end of the input are seen while others
/// train: the main thread, or where several trials share the process a thread for each of its lanes. The end of the input ends the process
/// at once, in mid-training too: whoever started it is gone or wants it gone, and the last checkpoint told is where the next attempt goes
/// on.
/// </summary>
/// <param name="input">Commands, one a line.</param>
/// <param name="output">Events.</param>
/// <param name="lanes">Trials that it may train at once.</param>
/// <param name="clock">Measures training time.</param>
internal sealed class TrainerSession(TextReader input, ProtocolOutput output, int lanes, TimeProvider clock) : IDisposable
{
    private readonly Lane[] _lanes = [.. Enumerable.Range(0, lanes).Select(_ => new Lane())];
    private readonly Company _company = new(lanes);
    private readonly ConcurrentDictionary<string, Lazy<JetPack>> _packs = new(StringComparer.Ordinal);

    public int Run()
    {
        WarmUp.Begin();
        new Thread(ReadCommands) { IsBackground = true, Name = "commands" }.Start();
        output.Write(new TrainerProtocol.Ready(Environment.ProcessId, "auto", EvidenceOf.Version));
        var others = _lanes.Skip(1).Select((lane, number) => new Thread(() => TrainIn(lane)) { Name = $"lane {number + 1}" }).ToArray();
        Array.ForEach(others, thread => thread.Start());
        TrainIn(_lanes[0]);
        Array.ForEach(others, thread => thread.Join());
        return 0;
    }

    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Waiting.Dispose();
        }

        foreach (var pack in _packs.Values.Where(pack => pack.IsValueCreated))
        {
            pack.Value.Dispose();
        }
    }

    private void TrainIn(Lane lane)
    {
        foreach (var (attempt, engines) in lane.Waiting.GetConsumingEnumerable())
        {
            lane.IsTraining = true;
            TrainerProtocol.Event end;
            using (engines)
            using (var presence = _company.Enter())
            {
                end = Train(attempt, engines, presence);
            }

            // Not before the others have ceased to wait for this lane: whoever hears it may send the next trial.
            output.Write(end with { Lane = attempt.Lane });
            lane.IsTraining = false;
        }
    }

    private static TrainerProtocol.Event Train(Attempt attempt, AttemptEngines engines, Company.Presence company)
    {
        try
        {
            return attempt.Run(company);
        }
        catch (Exception exception)
        {
            // The edge of the process: whatever ends an attempt is told to the worker, which decides about another one.
            Console.Error.WriteLine(exception);
            var failure = engines.Behind(exception);
            return new TrainerProtocol.Failed(attempt.Number, FailureKind.Of(failure), $"{failure.GetType().Name}: {failure.Message}");
        }
    }

    private void ReadCommands()
    {
        while (input.ReadLine() is { } line)
        {
            try
            {
                Take(JsonSerializer.Deserialize<TrainerProtocol.Command>(line, TrainerProtocol.Json));
            }
            catch (JsonException exception)
            {
                output.Write(new TrainerProtocol.Note("warning", $"not a command: {exception.Message}"));
            }
        }

        foreach (var lane in _lanes)
        {
            lane.Waiting.CompleteAdding();
        }

        if (_lanes.Any(lane => lane.IsTraining))
        {
            ProcessEnd.Now();
        }
    }

    private void Take(TrainerProtocol.Command? command)
    {
        if (command is null || command.Lane < 0 || command.Lane >= _lanes.Length)
        {
            output.Write(new TrainerProtocol.Note("warning", $"not a command: this trainer has the lanes 0 to {_lanes.Length - 1}"));
            return;
        }

        var lane = _lanes[command.Lane];
        switch (command)
        {
            case TrainerProtocol.Train train:
                var engines = new AttemptEngines(train.Engine, _lanes.Length == 1 ? null : _packs.GetOrAdd(train.Engine, NewPack));
                lane.Latest = new(train, engines, output, clock);
                lane.Waiting.Add((lane.Latest, engines));
                break;
            case TrainerProtocol.Stop:
                // A stop after the end of an attempt has nothing left to stop.
                lane.Latest?.Stop();
                break;
        }
    }

    // Where a card cannot be opened each attempt is told so, and the next one tries again.
    private static Lazy<JetPack> NewPack(string engine) => new(() => new(JetEngines.CreateBackend(engine)), LazyThreadSafetyMode.PublicationOnly);

    private sealed class Lane
    {
        private volatile Attempt? _latest;
        private volatile bool _isTraining;

        public BlockingCollection<(Attempt Attempt, AttemptEngines Engines)> Waiting { get; } = [];

        public Attempt? Latest
        {
            get => _latest;
            set => _latest = value;
        }

        public bool IsTraining
        {
            get => _isTraining;
            set => _isTraining = value;
        }
    }
}
