using System.Globalization;
using PinnSweep.Api;
using PinnSweep.Progress;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary>Workers and their machines in words. What is not known is a dash.</summary>
internal static class WorkerText
{
    private const string Unknown = "–";
    private const int Wide = 120;
    private const int VeryWide = 160;

    /// <summary>A list with as many columns as the terminal has room for: the name, how it is and how fast it trains always.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(IReadOnlyList<WorkerModel> workers, int width)
    {
        (string Title, int From, Func<WorkerModel, string> Of)[] columns =
        [
            ("WORKER", 0, worker => worker.Name),
            ("STATE", 0, worker => worker.State),
            ("SLOTS", 0, worker => Text($"{worker.Running}/{worker.Cpu + worker.Gpu}")),
            ("GPU", 0, worker => Text($"{worker.Gpu}")),
            ("LOAD", 0, worker => Number(worker.Machine?.LoadPerCore, "0.00")),
            ("FREE", 0, worker => Memory(worker.Machine?.FreeMemoryBytes)),
            ("TRIALS/H", 0, worker => Number(worker.Throughput?.TrialsPerHour, "0.0")),
            ("STEPS/S", 0, worker => Number(worker.Throughput?.StepsPerSecond, "0")),
            ("HEARD", 0, worker => Text($"{worker.SilentSeconds:0} s")),
            ("PROCESSOR", Wide, worker => worker.Machine?.Processor ?? Unknown),
            ("VERSION", Wide, worker => worker.Software),
            ("ADDRESS", VeryWide, worker => worker.Address),
        ];
        var shown = columns.Where(column => column.From <= width).ToArray();
        return [[.. shown.Select(column => column.Title)], .. workers.Select(worker => (IReadOnlyList<string>)[.. shown.Select(column => column.Of(worker))])];
    }

    /// <summary>One worker with its machine and what it trains.</summary>
    public static void Write(WorkerDetailModel detail, Terminal terminal)
    {
        var worker = detail.Worker;
        terminal.Out.WriteLine(Text($"{worker.Name}: {worker.State}, heard {worker.SilentSeconds:0} s ago{(worker.UptimeSeconds is { } up ? $", up for {Pace.Clock(TimeSpan.FromSeconds(up))}" : "")}"));
        if (worker.Paused is { } why)
        {
            terminal.Out.WriteLine($"  it pauses and goes on by itself when this is over: {why}");
        }

        Columns.Write(terminal, [.. Facts(worker)]);
        Columns.Write(terminal, [.. detail.Training.Select(Row)]);
    }

    private static IEnumerable<IReadOnlyList<string>> Facts(WorkerModel worker)
    {
        yield return ["  slots", Text($"{worker.Running} of {worker.Cpu + worker.Gpu} train, {worker.Cpu} on cores and {worker.Gpu} on GPUs")];
        if (worker.Throughput is { } throughput)
        {
            yield return ["  pace", $"{Number(throughput.TrialsPerHour, "0.0")} trials an hour, {Number(throughput.StepsPerSecond, "0")} steps a second"];
        }

        if (worker.Machine is { } machine)
        {
            yield return ["  machine", $"{machine.Processor ?? Unknown}, {(machine.Cores is { } cores ? Text($"{cores} cores") : "cores unknown")}, load {Number(machine.LoadPerCore, "0.00")} a core"];
            yield return ["  memory", $"{Memory(machine.FreeMemoryBytes)} free of {Memory(machine.MemoryBytes)}"];
            foreach (var device in machine.Devices)
            {
                yield return [Text($"  gpu {device.Index}"), $"{device.Name}, {Memory(device.UsedMemoryBytes)} used of {Memory(device.MemoryBytes)}, busy {(device.Use is { } use ? Text($"{100 * use:0} %") : Unknown)}"];
            }

            yield return ["  system", $"{machine.System ?? Unknown}, engine {machine.Engine ?? Unknown}"];
        }

        foreach (var pack in worker.Packs ?? [])
        {
            yield return [pack.Gpu is { } gpu ? Text($"  lanes of gpu {gpu}") : Text($"  lanes from slot {pack.Slot}"), PackWords.Of(pack)];
        }

        yield return ["  node", $"{worker.Address}, version {worker.Software}"];
    }

    private static IReadOnlyList<string> Row(TrainingModel training) =>
    [
        $"  {training.Key[..8]}",
        training.Study,
        string.Join(" · ", training.Labels.Values),
        training.Seed is { } seed ? Text($"seed {seed}") : "",
        Text($"attempt {training.Attempt}"),
        training.Slot is { } slot ? Text($"slot {slot}{(training.Device is { } device ? $" on {device}" : "")}") : "",
        Text($"step {training.Step}"),
        Text($"{100 * training.Share:0} %"),
        $"error {Pace.Error(training.RelativeL2 ?? double.NaN)}",
        training.Since is { } since ? Text($"since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z") : "",
    ];

    private static string Number(double? number, string format) => number is { } known ? known.ToString(format, CultureInfo.InvariantCulture) : Unknown;

    private static string Memory(long? bytes) => bytes is { } known ? Text($"{known / (double)(1L << 30):0.0} GiB") : Unknown;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
