using ILGPU;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>
/// a b + c with one rounding. The compiler of kernels makes no such instruction of a product and a sum, nor knows the one of .NET, so it is
/// told here what to write. On the CPU the method itself runs.
/// </summary>
internal static class FusedMultiplyAdd
{
    /// <summary>In single precision.</summary>
    [IntrinsicImplementation]
    public static float Single(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    /// <summary>In double precision.</summary>
    [IntrinsicImplementation]
    public static double Double(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    /// <summary>Tells a context what to write for the two.</summary>
    public static void Register(Context.Builder builder)
    {
        var manager = builder.GetIntrinsicManager();
        manager.RegisterMethod(typeof(FusedMultiplyAdd).GetMethod(nameof(Single))!, new PTXIntrinsic(typeof(FusedMultiplyAdd), nameof(WriteSingle), IntrinsicImplementationMode.GenerateCode));
        manager.RegisterMethod(typeof(FusedMultiplyAdd).GetMethod(nameof(Double))!, new PTXIntrinsic(typeof(FusedMultiplyAdd), nameof(WriteDouble), IntrinsicImplementationMode.GenerateCode));
    }

    /// <summary>Writes it in single precision; the parameters are those that the compiler hands over.</summary>
    public static void WriteSingle(PTXBackend backend, PTXCodeGenerator code, Value value) => Write("fma.rn.f32", code, value);

    /// <summary>Writes it in double precision.</summary>
    public static void WriteDouble(PTXBackend backend, PTXCodeGenerator code, Value value) => Write("fma.rn.f64", code, value);

    private static void Write(string instruction, PTXCodeGenerator code, Value value)
    {
        var (a, b, c) = (code.LoadPrimitive(value[0]), code.LoadPrimitive(value[1]), code.LoadPrimitive(value[2]));
        var result = code.AllocateHardware(value);
        using var command = code.BeginCommand(instruction);
        command.AppendArgument(result);
        command.AppendArgument(a);
        command.AppendArgument(b);
        command.AppendArgument(c);
    }
}
