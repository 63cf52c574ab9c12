export default function Page() {
  return <main>ContentOS</main>;
}
