using PinnSweep.Benchmarks;

return args switch
{
    ["engine", .. var rest] => EngineBench.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: PinnSweep.Benchmarks engine [--json] [--shape NAME] [--precision float32|float64] [--threads N,…] [--rounds N] [--clock wall|cpu]");
    return 1;
}
