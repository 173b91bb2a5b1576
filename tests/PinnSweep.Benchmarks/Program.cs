using BenchmarkDotNet.Running;
using PinnSweep.Benchmarks;
using PinnSweep.Studies.Mistakes;

try
{
    return args switch
    {
        ["balancers", .. var rest] => BalancerBench.Run(rest),
        ["engine", .. var rest] => EngineBench.Run(rest),
        ["coordinator", .. var rest] => await PinnSweep.Benchmarks.Coordinator.CoordinatorBench.RunAsync(rest),
        ["defaults", .. var rest] => await PinnSweep.Benchmarks.Defaults.DefaultsBench.RunAsync(rest),
        ["digits", .. var rest] => await PinnSweep.Benchmarks.Digits.DigitsBench.RunAsync(rest),
        ["gpu", .. var rest] => PinnSweep.Benchmarks.Gpu.GpuBench.Run(rest),
        ["lanes", .. var rest] => PinnSweep.Benchmarks.Packs.LanesBench.Run(rest),
        ["log", .. var rest] => PinnSweep.Benchmarks.Logs.LogFigures.Run(rest),
        ["pages", .. var rest] => await PinnSweep.Benchmarks.Pages.PagesBench.RunAsync(rest),
        ["seq", .. var rest] => await PinnSweep.Benchmarks.Logs.SeqBench.RunAsync(rest),
        ["step", .. var rest] => StepBench.Run(rest),
        ["kernels", .. var rest] => Kernels(rest),
        _ => Usage(),
    };
}
catch (UserMistakeException mistake)
{
    await Console.Error.WriteLineAsync(mistake.Message);
    return 1;
}

static int Kernels(string[] options)
{
    BenchmarkRunner.Run<KernelBenchmarks>(args: options);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("usage: PinnSweep.Benchmarks balancers [--json] [--rounds N] [--steps N] [--only KIND,…] [--clock wall|cpu]");
    Console.Error.WriteLine("       PinnSweep.Benchmarks engine [--json] [--shape NAME] [--precision float32|float64] [--threads N,…] [--rounds N] [--clock wall|cpu]");
    Console.Error.WriteLine("       PinnSweep.Benchmarks coordinator [--json] [--only instant,second,reports,curves,large] [--store FILE|CONNECTION] [--quick]");
    Console.Error.WriteLine("       PinnSweep.Benchmarks defaults [--folder DIR] [--only network,balancer,sampler,optimizer,time] [--steps N] [--seeds N] [--known FILE]");
    Console.Error.WriteLine("       PinnSweep.Benchmarks digits [--engine fused|torch]");
    Console.Error.WriteLine("       PinnSweep.Benchmarks gpu [--json] [--card N] [--lanes N,…] [--seconds N]");
    Console.Error.WriteLine("       PinnSweep.Benchmarks lanes [--json] [--lanes N,…] [--rounds N] [--steps N]");
    Console.Error.WriteLine("       PinnSweep.Benchmarks log [--logs DIR] [--out DIR]");
    Console.Error.WriteLine("       PinnSweep.Benchmarks pages [--only open,large] [--rounds N] [--pages N] [--trials N] [--quick]");
    Console.Error.WriteLine("       PinnSweep.Benchmarks seq [--rounds N] [--steps N]");
    Console.Error.WriteLine("       PinnSweep.Benchmarks step [--json] [--rounds N] [--clock wall|cpu]");
    Console.Error.WriteLine("       PinnSweep.Benchmarks kernels [options of BenchmarkDotNet]");
    return 1;
}
