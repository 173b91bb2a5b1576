using System.Collections.Concurrent;
using System.Text.Json;
using PinnSweep.Studies.Messages;
using PinnSweep.Training.Results;

namespace PinnSweep.Trainer;

/// <summary>
/// One trainer process: a thread reads commands, so that <see cref="TrainerProtocol.Stop"/> and the end of the input are seen while the
/// main thread trains. The end of the input ends the process at once, in mid-training too: whoever started it is gone or wants it gone,
/// and the last checkpoint told is where the next attempt goes on.
/// </summary>
internal sealed class TrainerSession(TextReader input, ProtocolOutput output, TimeProvider clock)
{
    private readonly BlockingCollection<Attempt> _waiting = [];
    private volatile Attempt? _latest;
    private volatile bool _isTraining;

    public int Run()
    {
        new Thread(ReadCommands) { IsBackground = true, Name = "commands" }.Start();
        output.Write(new TrainerProtocol.Ready(Environment.ProcessId, "auto", EvidenceOf.Version));
        foreach (var attempt in _waiting.GetConsumingEnumerable())
        {
            _isTraining = true;
            output.Write(Train(attempt));
            _isTraining = false;
        }

        return 0;
    }

    private static TrainerProtocol.Event Train(Attempt attempt)
    {
        try
        {
            return attempt.Run();
        }
        catch (Exception exception)
        {
            // The edge of the process: whatever ends an attempt is told to the worker, which decides about another one.
            Console.Error.WriteLine(exception);
            return new TrainerProtocol.Failed(attempt.Number, FailureKind.Of(exception), $"{exception.GetType().Name}: {exception.Message}");
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

        _waiting.CompleteAdding();
        if (_isTraining)
        {
            ProcessEnd.Now();
        }
    }

    private void Take(TrainerProtocol.Command? command)
    {
        switch (command)
        {
            case TrainerProtocol.Train train:
                _latest = new(train, output, clock);
                _waiting.Add(_latest);
                break;
            case TrainerProtocol.Stop:
                // A stop after the end of an attempt has nothing left to stop.
                _latest?.Stop();
                break;
        }
    }
}
