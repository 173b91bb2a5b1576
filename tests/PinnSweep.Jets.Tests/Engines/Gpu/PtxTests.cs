using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using PinnSweep.Jets.Engines.Gpu;
using PinnSweep.Jets.Engines.Gpu.Kernels;

namespace PinnSweep.Jets.Tests.Engines.Gpu;

/// <summary>What the kernels are for a card, read from the code that its driver would get. No card is needed for that.</summary>
public sealed partial class PtxTests
{
    private static readonly ConcurrentDictionary<(string Name, bool IsSingle), Lazy<string>> Codes = [];

    public static TheoryData<string, bool> Kernels => [.. from name in new[] { "shared", "global", "pack", "reduce" } from isSingle in new[] { true, false } select (name, isSingle)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_is_of_one_precision_and_keeps_everything_in_registers(string name, bool isSingle)
    {
        var code = Code(name, isSingle);

        Assert.DoesNotContain(".local", code, StringComparison.Ordinal);
        Assert.DoesNotContain(".extern .func", code, StringComparison.Ordinal);
        Assert.DoesNotContain(isSingle ? ".f64" : ".f32", code, StringComparison.Ordinal);
        if (name is "shared" or "global" or "pack")
        {
            Assert.Contains(isSingle ? "fma.rn.f32" : "fma.rn.f64", code, StringComparison.Ordinal);
        }

        Assert.All(SharedArray().Matches(code).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)), bytes => Assert.InRange(bytes, 0, 227 * 1024));
    }

    [Fact]
    public void The_arena_in_shared_memory_is_read_as_such()
    {
        Assert.Contains("ld.shared.f32", Code("shared", isSingle: true), StringComparison.Ordinal);
        Assert.DoesNotContain(".shared", Code("global", isSingle: true), StringComparison.Ordinal);
    }

    private static string Code(string name, bool isSingle) => Codes.GetOrAdd((name, isSingle), _ => new(() => Compile(name, isSingle))).Value;

    private static string Compile(string name, bool isSingle)
    {
        Type[] types = isSingle ? [typeof(float), typeof(SingleReal)] : [typeof(double), typeof(DoubleReal)];
        var (kernel, generic) = name switch
        {
            "shared" => (typeof(TileKernel), [.. types, typeof(SharedArena)]),
            "global" => (typeof(TileKernel), [.. types, typeof(GlobalArena)]),
            "pack" => (typeof(PackKernel), types),
            _ => (typeof(ReduceKernel), types),
        };
        var method = kernel.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!.MakeGenericMethod(generic);
        using var context = GpuDevice.NewContext(_ => { });
        using var backend = new PTXBackend(context, CudaArchitecture.SM_90, CudaInstructionSet.ISA_80, null!);
        return ((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(method), default)).PTXAssembly;
    }

    [GeneratedRegex(@"\.shared [^;\[]*\[(\d+)\]")]
    private static partial Regex SharedArray();
}
