import { say } from '../../api/language';
import type { Examples } from '../../examples';
import { Qr } from './qr';

export const examples: Examples = {
	'a receipt': () => <Qr text="IKH1:6BF-FD7WEVXV0G2T" label={say('web.receipt.title')} />,
};
