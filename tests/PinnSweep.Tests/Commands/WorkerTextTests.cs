using PinnSweep.Api;
using PinnSweep.Commands;
using PinnSweep.Terminals;

namespace PinnSweep.Tests.Commands;

public sealed class WorkerTextTests
{
    private static readonly WorkerModel Known = new("gpu-12", "akka.tcp://pinnsweep@gpu-12.lab.example:8052", 8, 2, 10, "0.1.0", false, 12.4)
    {
        State = "draining",
        UptimeSeconds = 93_784,
        Machine = new("AMD EPYC 9354 32-Core Processor", 64, 1L << 39, 412L << 30, 0.43, "Debian GNU/Linux 12 (bookworm)", "torch/cuda, auto", [new(0, "NVIDIA H200", 141L << 30, 13L << 30, 0.87), new(1, "NVIDIA H200", null, null, null)]),
        Throughput = new(1234.5, 45_678),
    };

    private static readonly WorkerModel Old = new("old", "akka.tcp://pinnsweep@old:8052", 4, 0, 0, "0.0.9", false, 0);

    [Theory]
    [InlineData(80, 9)]
    [InlineData(120, 11)]
    [InlineData(200, 12)]
    public void A_list_has_a_line_a_worker_and_as_many_columns_as_there_is_room_for(int width, int columns)
    {
        var rows = WorkerText.Rows([Known, Old], width);
        var lines = Columns.Lines(rows, width).ToList();

        Assert.All(rows, row => Assert.Equal(columns, row.Count));
        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
        Assert.Matches("gpu-12 +draining +10/10 +2 +0.43 +412.0 GiB +1234.5 +45678 +12 s", lines[1]);
        Assert.Matches("old +working +0/4 +0 +– +– +– +– +0 s", lines[2]);
    }

    [Fact]
    public void One_worker_is_told_with_its_machine_and_what_it_trains()
    {
        using var written = new StringWriter();
        var training = new TrainingModel(new string('a', 64), "quick", new Dictionary<string, string> { ["problem"] = "helmholtz" }, 3, 2, 4, "gpu 1", 1, 1500, 0.75, 1.5e-3, 100, new(2026, 11, 30, 3, 0, 0, TimeSpan.Zero));

        WorkerText.Write(new(Known, [training]), new(written, written, OutIsLive: false, ErrorIsLive: false));

        Assert.Equal(
            """
            gpu-12: draining, heard 12 s ago, up for 26:03:04
              slots    10 of 10 train, 8 on cores and 2 on GPUs
              pace     1234.5 trials an hour, 45678 steps a second
              machine  AMD EPYC 9354 32-Core Processor, 64 cores, load 0.43 a core
              memory   412.0 GiB free of 512.0 GiB
              gpu 0    NVIDIA H200, 13.0 GiB used of 141.0 GiB, busy 87 %
              gpu 1    NVIDIA H200, – used of –, busy –
              system   Debian GNU/Linux 12 (bookworm), engine torch/cuda, auto
              node     akka.tcp://pinnsweep@gpu-12.lab.example:8052, version 0.1.0
              aaaaaaaa  quick  helmholtz  seed 3  attempt 2  slot 4 on gpu 1  step 1500  75 %  error 1.50e-3  since 2026-11-30 03:00:00Z

            """,
            written.ToString());
    }

    [Fact]
    public void Of_a_worker_of_an_older_version_only_what_it_told_is_shown()
    {
        using var written = new StringWriter();

        WorkerText.Write(new(Old, []), new(written, written, OutIsLive: false, ErrorIsLive: false));

        Assert.Equal("old: working, heard 0 s ago\n  slots  0 of 4 train, 4 on cores and 0 on GPUs\n  node   akka.tcp://pinnsweep@old:8052, version 0.0.9\n", written.ToString());
    }
}
