using BenchmarkDotNet.Running;
using PinnSweep.Benchmarks;
using PinnSweep.Benchmarks.Comparisons;
using PinnSweep.Benchmarks.Coordinator;
using PinnSweep.Benchmarks.Defaults;
using PinnSweep.Benchmarks.Digits;
using PinnSweep.Benchmarks.Gpu;
using PinnSweep.Benchmarks.Logs;
using PinnSweep.Benchmarks.Packs;
using PinnSweep.Benchmarks.Pages;
using PinnSweep.Benchmarks.Reports;
using PinnSweep.Benchmarks.Starts;
using PinnSweep.Studies.Mistakes;

Subject[] subjects =
[
    new("balancers", "a step with each balancer over a step with static weights", "[--json] [--rounds N] [--steps N] [--only KIND,…] [--clock wall|cpu]", options => BalancerBench.Run(options)),
    new("engine", "a gradient of the fused engine over those of nested autograd and of its own matrix products", "[--json] [--shape NAME] [--precision float32|float64] [--threads N,…] [--rounds N] [--clock wall|cpu]", options => EngineBench.Run(options)),
    new("coordinator", "trials a second, latencies and memory of a coordinator with workers that pretend", "[--json] [--only instant,second,reports,curves,large] [--store FILE|CONNECTION] [--quick]", CoordinatorBench.RunAsync),
    new("defaults", "errors with the catalog's defaults over those with the values known from their sources", "[--folder DIR] [--only network,balancer,sampler,optimizer,time] [--kinds KIND,…] [--steps N] [--seeds N] [--known FILE]", DefaultsBench.RunAsync),
    new("digits", "a line for each of some 400 short trials, to compare two versions by", "[--engine fused|torch]", DigitsBench.RunAsync),
    new("gpu", "the engine of a card: its derivatives, and trial-steps a second by lanes", "[--json] [--card N] [--lanes N,…] [--seconds N]", options => GpuBench.Run(options)),
    new("lanes", "what the meeting of lanes costs a lane and step", "[--json] [--lanes N,…] [--rounds N] [--steps N]", options => LanesBench.Run(options)),
    new("log", "the pictures of docs/monitoring.md from a log", "[--logs DIR] [--out DIR]", options => LogFigures.Run(options)),
    new("nested", "nested autograd alone, driven by `engine` and `resampling`", "[--shape NAME] [--points N] [--precision float32|float64] [--trial N] [--clock wall|cpu] [--candidates N]", options => NestedBench.Run(options)),
    new("pages", "trials a second while a hundred pages are open, and pages of large studies", "[--only open,large] [--rounds N] [--pages N] [--trials N] [--quick]", PagesBench.RunAsync),
    new("peers", "whole training steps over those of plain PyTorch and DeepXDE, where a Python has them", "[--json] [--only a,b,…] [--peers ours,torch,deepxde] [--python PATH] [--rounds N] [--threads N] [--clock wall|cpu]", options => PeersBench.Run(options)),
    new("reports", "bytes a trial, and seconds and memory of the report of a large study", "[--trials N] [--cells N] [--points N] [--plain] [--keep FOLDER]", ReportsBench.RunAsync),
    new("resampling", "a round of RAD over a step, and over nested autograd's", "[--json] [--rounds N] [--candidates N] [--every N] [--clock wall|cpu]", options => ResamplingBench.Run(options)),
    new("seq", "trials a second with Seq up, slow and down over those without", "[--rounds N] [--steps N]", SeqBench.RunAsync),
    new("starts", "seconds from Enter to an answer, and what short trials cost beside their training", "[--json] [--only help,finished,first,train,short] [--rounds N] [--trials N] [--against FOLDER]", options => StartsBench.Run(options)),
    new("step", "a whole step over its gradient", "[--json] [--rounds N] [--clock wall|cpu]", options => StepBench.Run(options)),
    new("kernels", "single loops, by BenchmarkDotNet", null, options =>
    {
        // Without reports it has told what it does not understand.
        var summary = BenchmarkRunner.Run<KernelBenchmarks>(args: options);
        return summary?.Reports.IsEmpty == false || options.Any(option => option is "--help" or "--version" or "--list") ? 0 : 1;
    }),
];

try
{
    if (args is ["--help" or "-h" or "help", ..])
    {
        await Console.Out.WriteLineAsync(Usage());
        return 0;
    }

    return args is [var name, .. var rest] && subjects.FirstOrDefault(subject => subject.Name == name) is { } chosen
        ? await chosen.StartAsync(rest)
        : throw new UserMistakeException(args is [var unknown, ..]
            ? $"{NearestMatch.Quote(unknown)} is no benchmark{NearestMatch.Hint(unknown, subjects.Select(subject => subject.Name))}. `bench --help` lists them"
            : Usage());
}
catch (UserMistakeException mistake)
{
    await Console.Error.WriteLineAsync(mistake.Message);
    return 1;
}

string Usage() => $"usage: bench SUBJECT [options]\n{string.Join('\n', subjects.Select(subject => $"  {subject.Usage.Replace("\n", "\n  ", StringComparison.Ordinal)}"))}";
