using System.Text;
using System.Text.Json;
using static PinnSweep.Studies.Messages.TrainerProtocol;

namespace PinnSweep.FakeTrainer;

/// <summary>One process with so many trials at once, each in a lane with a thread of its own.</summary>
internal sealed class TrainerLanes(Stream input, Stream output, int count)
{
    private readonly StreamWriter _output = new(output, new UTF8Encoding(false)) { AutoFlush = true };
    private readonly Lock _lock = new();

    public int Run()
    {
        var lanes = Enumerable.Range(0, count).Select(lane => new Trainer(WriteLine, said => WriteLine(JsonSerializer.Serialize(said with { Lane = lane }, Json)))).ToArray();
        new Thread(() => Read(lanes)) { IsBackground = true }.Start();
        WriteLine(JsonSerializer.Serialize<Event>(new Ready(Environment.ProcessId, "fake", "1"), Json));
        var threads = lanes.Skip(1).Select(lane => new Thread(lane.Run)).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        lanes[0].Run();
        Array.ForEach(threads, thread => thread.Join());
        return 0;
    }

    private void Read(Trainer[] lanes)
    {
        using var reader = new StreamReader(input);
        while (reader.ReadLine() is { } line)
        {
            var command = JsonSerializer.Deserialize<Command>(line, Json)!;
            lanes[command.Lane].Put(command);
        }

        Array.ForEach(lanes, lane => lane.Close());
    }

    private void WriteLine(string line)
    {
        lock (_lock)
        {
            _output.WriteLine(line);
        }
    }
}
